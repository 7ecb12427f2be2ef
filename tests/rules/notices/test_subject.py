"""What a notice is called: what is late is said first, and nothing is called late that is not."""

from onrecord.notices.rules import Item, subject

LATE = Item("1a2b3c4d", "Decide what happens next", "social-care", "late by 4 hours")
AHEAD = Item("1a2b3c4d", "Decide what happens next", "social-care", "not late yet, and nobody inside may answer it")
SIGN_IN = Item("1a2b3c4d", "", "social-care", "", news="A link was made.", matter="a sign-in")
SEAT = Item("1a2b3c4d", "A seat", "outside", "", news="Somebody proposed to end your seat.")


def test_the_subject() -> None:
    given = [[LATE], [LATE, LATE], [LATE, SEAT], [SEAT], [SIGN_IN], [AHEAD], [AHEAD, LATE]]
    assert [subject(items).removeprefix("OnRecord: ") for items in given] == [
        "one duty was not met",
        "2 duties were not met",
        "one duty was not met",
        "something about an outside seat",
        "something about a sign-in",
        "something waits for your answer",
        "one duty was not met",
    ]
