"""What a report may be about, in lists; who may say it here, and how somebody can be reached."""

from typing import Annotated

from pydantic import StringConstraints

from onrecord.ledger.facts import Options

CONCERNS = Options(
    {
        "sexual_exploitation": "Sexual exploitation",
        "criminal_exploitation": "Criminal exploitation, county lines or gangs",
        "missing": "Going missing",
        "harm_at_home": "Harm or neglect at home",
        "other": "Something else",
        "not_sure": "Not sure yet",
    }
)

BY_ONE = ("concern", frozenset({"harm_at_home", "other"}))
"""The worries that one person may end. Any other may be exploitation, or harm outside the home."""

SEXUAL = "sexual_exploitation"
EXPLOITATION = frozenset({SEXUAL, "criminal_exploitation"})
WORKED_ON = frozenset({"protect_now", "strategy_discussion", "assess"})
"""The outcomes of a decision after which somebody works with the child."""
AGE_OF_NO_CONSENT = 13
"""Under this age nobody can consent in law: Sexual Offences Act 2003 sections 5 to 8."""
BY_BIRTH = "The birth date on record says otherwise. If that date is wrong, put it right first."
ALLEGED = "The report, or your own answer above, says sexual exploitation. So it is alleged, whatever is found later."

SETTINGS = Options(
    {
        "school": "At or near school",
        "home": "At home",
        "care_home": "A children's home",
        "public_place": "A street, park, station or shop",
        "online": "Online",
        "vehicle": "A car or taxi",
        "other": "Somewhere else",
        "unknown": "Not known",
    }
)


PROFESSIONAL = "professional"
SAID_BY = Options(
    {
        "professional": "Somebody who works with children",
        "child": "The child",
        "parent": "A parent or carer",
        "public": "Somebody else who is worried",
        "other": "Somebody who did not say who they are",
    }
)
"""Who reports. Everything but the first came in by a page that asks nobody to sign in, and leaves every answer open."""

REACH = Options(
    {
        "here": "Only on this page",
        "phone": "Ring me",
        "message": "Send me a text",
        "school": "At school or college",
        "person": "Through somebody I trust",
        "unknown": "I don't know",
        "rather_not": "I'd rather not say",
    }
)
"""How whoever reports says they can be reached without danger. Nothing is sent to them by any other way."""

UNSAID = Options(
    {
        f"{field}_{how}": f"{asked}: {words}"
        for field, asked in (
            ("words", "What happens"),
            ("who", "Who does it"),
            ("place", "Where it happens"),
            ("must_not_know", "Who must not find out"),
            ("child", "Who they are"),
        )
        for how, words in (("unknown", "they don't know"), ("rather_not", "they would rather not say"))
    }
)
"""What somebody was asked and did not know, or would rather not say. It is an answer, and never read as a no."""

BatchMark = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$", max_length=32)]
"""Which reports came together, as an id: no word can stand in it."""
