"""The exploitation assessment: a person's judgement of harm that is happening and harm that could, never a score."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, ClassVar, Self

from pydantic import ConfigDict, Field, ValidationInfo, field_validator

from onrecord.access.facts import SORTS
from onrecord.intake.facts import DecisionMade, ReportReceived
from onrecord.intake.facts.lists import EXPLOITATION
from onrecord.ledger.facts import Day, Fact, Known, Options, Say, Shape, Text, Whole, Words, Wrong
from onrecord.ledger.facts.held import CODE, SPECIAL_CODE, STAFF, TOLD, WORDS
from onrecord.ledger.facts.wrong import Refused

LEVELS = {"none": "None seen", "emerging": "Emerging", "moderate": "Moderate", "serious": "Serious"}
MONTHS = 3
"""How far away the next review may be."""

HARMS = Options(
    {
        "adults": "Contact by adults outside the family",
        "travel": "Travel, or being moved about",
        "gifts": "Gifts, money or debts",
        "substances": "Alcohol, drugs or other substances",
        "missing": "Going missing",
        "images": "Images, or contact online",
        "violence": "Violence or threats",
        "sexual": "Sexual harm",
        "criminal": "Being used for crime",
        "other": "Something else",
    }
)


class Harm(Shape):
    """One harm, happening or possible: what kind, what is known, since when, and who says so."""

    what: Annotated[str, HARMS, Field(title="What kind of harm?")]
    known: Annotated[Words, Field(title="What is known of it")]
    since: Annotated[Text | None, Field(title="Since when, as far as anybody knows")] = None
    source: Annotated[Text, Field(title="Who says so?")]

    @property
    def kind(self) -> str:
        """What kind of harm it is, in words."""
        return HARMS.words[self.what]

    def spoken(self) -> str:
        """The harm as a reader would say it."""
        since = f", since {self.since}" if self.since else ""
        return f"{self.kind}{since} (says: {self.source}): {self.known}"


class OtherView(Shape):
    """Somebody who sees the level otherwise, for which agency, and why."""

    who: Annotated[Text, Field(title="Who?")]
    sort: Annotated[str, SORTS, Field(title="Of which agency?")]
    why: Annotated[Words, Field(title="How do they see it, and why?")]

    def spoken(self) -> str:
        """The dissent as a reader would say it."""
        return f"{self.who}, {SORTS.words[self.sort]}: {self.why}"


class ExploitationAssessed(Fact):
    """A person's structured judgement. Two lists: harm that is happening, and harm that could.

    The level that counts is the higher of the judgement and of the score of a partnership's tool, where there is one:
    a score can raise what a person judged, and never lower it.
    """

    model_config = ConfigDict(validate_default=True)
    kind: ClassVar = "case.exploitation_assessed"
    title: ClassVar = "Exploitation assessment"
    sentence: ClassVar = (
        "Assessed as {level}. Happening: {happening} Could happen: {could_happen} Grooming: {grooming} "
        "Coercion: {coercion} Fear: {fear}[ The child's view: {child_says}] Judgement: {judgement} "
        "To be reviewed by {review_on}."
    )
    weighs: ClassVar = True
    response: ClassVar = True
    told_us: ClassVar = frozenset({"child_says"})
    by_one: ClassVar = ("level", frozenset({"none"}))
    highest: ClassVar = {"level": "score_level"}
    from_record: ClassVar = frozenset({"sexual_harm", "undecided"})
    beside: ClassVar = frozenset({ReportReceived.kind, DecisionMade.kind})

    happening: Annotated[
        tuple[Harm, ...],
        Say("Harm that is happening", "One row for each. Leave it empty only if you say below what was asked."),
        WORDS,
    ] = ()
    nothing_happening: Annotated[
        Words | None,
        Say(
            "If nothing is known to be happening: what was asked, and of whom?",
            missing="List harm that is happening, or say that nothing is known and what was asked.",
            wrong="Say this only where no harm is listed above it.",
        ),
        WORDS,
    ] = None
    could_happen: Annotated[
        tuple[Harm, ...],
        Say("Harm that could happen", "What is feared, and what it rests on. What is already happening goes above."),
        WORDS,
    ] = ()
    nothing_feared: Annotated[
        Words | None,
        Say(
            "If nothing is feared: what was asked, and of whom?",
            missing="List harm that could happen, or say that none is feared and what was asked.",
            wrong="Say this only where no harm is listed above it.",
        ),
        WORDS,
    ] = None
    grooming: Annotated[
        Words,
        Say(
            "Grooming",
            "Who offers attention, gifts, lifts or a “relationship”, since when, and what is asked in return? "
            "An adult who calls it a relationship may be grooming.",
            missing="Say what is known about grooming, or what was asked and of whom.",
        ),
        WORDS,
    ]
    coercion: Annotated[
        Words,
        Say(
            "Coercion",
            "Debts, pictures, threats, drink or drugs, somebody who decides where the child goes. "
            "A child cannot consent to being exploited.",
            missing="Say what is known about coercion, or what was asked and of whom.",
        ),
        WORDS,
    ]
    fear: Annotated[
        Words,
        Say(
            "Fear",
            "Of whom or what is the child afraid? Going back, saying nothing or taking words back can come of fear.",
            missing="Say what is known about fear, or what was asked and of whom.",
        ),
        WORDS,
    ]
    asked: Annotated[
        tuple[Text, ...],
        Say("Who was asked?", "Each in a field of their own.", missing="Say who was asked, one at least."),
        STAFF,
    ]
    child_says: Annotated[
        Words | None, Say("What does the child say?", "In the child's own words. They are not corrected."), TOLD
    ] = None
    child_not_asked: Annotated[
        Words | None,
        Say(
            "If the child said nothing about it: was the child asked, and if not, why?",
            missing="Say what the child says, or whether the child was asked and, if not, why.",
        ),
        WORDS,
    ] = None
    level: Annotated[
        str,
        Options(LEVELS, ranked=True),
        Say(
            "How serious is it, in your judgement?",
            "No score decides this. It is not less serious because the child is said to have consented or to have "
            "chosen it, did not fight or tell anybody at once, goes back, takes support or refuses it, or does not "
            "want a prosecution. “None seen” ends that the child is assessed again, so a second person agrees.",
            missing="Choose a level.",
        ),
        SPECIAL_CODE,
    ]
    judgement: Annotated[
        Words,
        Say("Your judgement, in your words", "How you came to the level.", missing="Say how you came to the level."),
        WORDS,
    ]
    score: Annotated[Whole | None, Say("Its score"), SPECIAL_CODE] = None
    score_level: Annotated[
        str | None,
        Options(LEVELS),
        Say("What level does the score come to?", missing="Say what level the score comes to."),
        SPECIAL_CODE,
    ] = None
    tool: Annotated[
        Text | None,
        Say("Name of the scoring tool, if your partnership uses one", missing="Say which tool the score is of."),
        CODE,
    ] = None
    differs: Annotated[
        Words | None,
        Say(
            "Where score and judgement differ: why?",
            "The higher of the two counts.",
            missing="The score and your judgement differ. Say why. The higher of the two counts.",
        ),
        WORDS,
    ] = None
    disagrees: Annotated[tuple[OtherView, ...], Say("Who sees the level otherwise?"), TOLD] = ()
    review_on: Annotated[
        Day,
        Say(
            "By which day is it reviewed?",
            "At most three months from the assessment. After that day the level is out of date.",
            missing="Give the day by which it is reviewed.",
        ),
        CODE,
    ]

    sexual_harm: Annotated[
        str | None, Options({"yes": "Yes"}), Say("Whether sexual harm is among what is happening"), SPECIAL_CODE
    ] = None

    undecided: Annotated[
        str | None, Options({"yes": "Yes"}), Say("Whether no decision speaks of exploitation yet"), SPECIAL_CODE
    ] = None

    @field_validator("nothing_happening", "nothing_feared")
    @classmethod
    def _list_or_nothing(cls, said: str | None, asked: ValidationInfo) -> str | None:
        """An empty list needs words; a list that is not empty bars them."""
        above = asked.data.get("happening" if asked.field_name == "nothing_happening" else "could_happen")
        if above is not None and bool(above) == bool(said):
            raise ValueError("either a list, or that nothing is known")
        return said

    @field_validator("child_not_asked", "score_level", "tool", "differs")
    @classmethod
    def _said_where_owed(cls, said: str | None, asked: ValidationInfo) -> str | None:
        """What another answer makes necessary."""
        if said is None and cls._owed(str(asked.field_name), asked.data):
            raise ValueError("another answer makes it necessary")
        return said

    @staticmethod
    def _owed(name: str, data: dict[str, Any]) -> bool:
        scored, level = data.get("score_level"), data.get("level")
        return {
            "child_not_asked": "child_says" in data and data["child_says"] is None,
            "score_level": data.get("score") is not None,
            "tool": scored is not None,
            "differs": scored is not None and level is not None and scored != level,
        }[name]

    def completed(self, known: Known) -> Self:
        """With what the record knows. The day of the review lies ahead, and no more than three months."""
        if not known.day < self.review_on <= _last_review(known.day):
            last = f"{_last_review(known.day):%-d %B %Y}"
            says = f"Give a day after the assessment, and not after {last}: three months at most."
            raise Refused((Wrong("review_on", self.review_on.isoformat(), says, "within three months"),))
        sexual = any(harm.what == "sexual" for harm in self.happening)
        found = {"sexual_harm": sexual, "undecided": _undecided(known.beside())}
        return self.model_copy(update={name: "yes" if applies else None for name, applies in found.items()})

    @property
    def counts(self) -> str:
        """The level that counts."""
        ranks = list(LEVELS)
        return max(self.level, self.score_level or self.level, key=ranks.index)

    def spoken(self, name: str) -> str:
        """One field in words; where a list is empty, what was said instead."""
        said = super().spoken(name)
        match name:
            case "happening":
                return _rows(self.happening) or f"nothing known. {self.nothing_happening}"
            case "could_happen":
                return _rows(self.could_happen) or f"nothing feared. {self.nothing_feared}"
            case "child_says":
                return said or f"not said. {self.child_not_asked}"
            case "judgement":
                return f"{said} Others see it otherwise: {_rows(self.disagrees)}" if self.disagrees else said
            case "level" if self.counts != self.level:
                return f"{LEVELS[self.counts]} by the score, {said} by judgement ({self.differs})"
            case "review_on":
                return f"{self.review_on:%-d %B %Y}"
        return said


def _rows(said: tuple[Harm, ...] | tuple[OtherView, ...]) -> str:
    return " ".join(one.spoken() for one in said)


def _undecided(beside: Sequence[Fact]) -> bool:
    """Whether no decision on the child speaks of exploitation, and the first one is not still to come."""
    decisions = [fact for fact in beside if isinstance(fact, DecisionMade)]
    spoken = any(one.concern in EXPLOITATION and one.outcome != "no_further_action" for one in decisions)
    return not spoken and (bool(decisions) or not beside)


def _last_review(day: date) -> date:
    """The same day three months later, or the last of that month."""
    months = day.month - 1 + MONTHS
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
