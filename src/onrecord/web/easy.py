"""The easy-read page of the doors: short sentences, one idea a line, each few with a picture of our own.

Each question that a child is asked has one of these pictures too.
"""

from django.utils.translation import gettext as _

Part = tuple[str, str, list[str]]
PICTURES = {
    "danger": "telephone.svg",
    "reach": "talk.svg",
    "secret": "lock.svg",
    "words": "speech.svg",
    "who": "question.svg",
    "where": "place.svg",
    "work": "work.svg",
    "you": "person.svg",
}
"""The file of the picture that stands beside each question of the child's door, by the question's name."""


def easy_read(questions: int) -> list[Part]:
    """The parts of the page: the picture's file, what is drawn on it, and the sentences beside it."""
    asked = _("We ask %(of)s questions.") % {"of": questions}
    return [
        ("telephone.svg", _("A telephone"), [_("Are you in danger now?"), _("Call 999."), _("It is free.")]),
        ("speech.svg", _("A speech bubble"), [_("Has something bad happened to you?"), _("You can tell us.")]),
        ("heart.svg", _("A heart"), [_("It is not your fault."), _("You are not in trouble.")]),
        (
            "reader.svg",
            _("A person who reads"),
            [_("A person reads what you write."), _("You see here when it was read.")],
        ),
        (
            "talk.svg",
            _("Two people who talk"),
            [
                _("We talk to you first."),
                _("Then we may tell your parents."),
                _("If someone could be badly hurt, we may have to tell others at once."),
            ],
        ),
        ("question.svg", _("A question mark"), [asked, _("You can leave out any of them.")]),
        (
            "key.svg",
            _("A key"),
            [
                _("At the end you get six words."),
                _("Keep them where only you look."),
                _("With them you can read our answer."),
            ],
        ),
        ("door.svg", _("An open door"), [_("You can stop at any time."), _("Press “Leave this page”.")]),
    ]
