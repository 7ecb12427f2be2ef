"""What may be said about who is who: children on other lists, and judgements that two mentions are one person."""

from typing import Annotated, ClassVar

from onrecord.ledger.facts import Day, Door, Fact, Options, Person, Say, Text, Whole, Words
from onrecord.ledger.facts.held import CODE, RECORD, SPECIAL_CODE, WHO, WORDS

CENSUS_NEEDS = Options(
    {
        "N0": "Not stated",
        "N1": "Abuse, neglect or exploitation (before 2026: abuse or neglect)",
        "N2": "Child's disability",
        "N3": "Parental disability or illness",
        "N4": "Family in acute stress",
        "N5": "Family dysfunction",
        "N6": "Socially unacceptable behaviour (the census's own words)",
        "N7": "Low income",
        "N8": "Absent parenting",
        "N9": "Cases other than children in need",
    }
)
"""Primary need, as the census has coded it from 2022 to 2026."""

LISTINGS = Options({"first": "First time on this authority's list", "again": "On an earlier list of this authority"})
"""History is looked back at once: a child on next year's list as well opens no second look-back."""


class ChildRegistered(Fact):
    """A child another list already knows: one row of a census, as it was returned."""

    kind: ClassVar = "linkage.child_registered"
    title: ClassVar = "Known child registered"
    sentence: ClassVar = "{source} returned {child} as known since {known_since}."
    door: ClassVar = Door.MACHINE

    child: Annotated[Person, Say("The child", missing="A row needs a child.", wrong="Check the child's details."), WHO]
    source: Annotated[Text, Say("Whose list"), CODE]
    known_since: Annotated[Day, Say("First referral on the list", missing="Give the date of the referral."), CODE]
    closed_on: Annotated[Day | None, Say("When the last episode closed"), CODE] = None
    need: Annotated[str, CENSUS_NEEDS, Say("Primary need"), SPECIAL_CODE]
    episodes: Annotated[int, Say("Referrals on the list"), CODE] = 1
    factors: Annotated[tuple[Text, ...], Say("Factors found by assessments, as census codes"), SPECIAL_CODE] = ()
    ethnicity: Annotated[Text | None, Say("Ethnicity as returned, as a census code"), WORDS] = None
    listing: Annotated[str, LISTINGS, Say("On an earlier list of the same authority?"), CODE] = "first"


class KnownBeforeAnswered(Fact):
    """The recorded answer to "already known?", which every report is owed."""

    kind: ClassVar = "linkage.known_before_answered"
    title: ClassVar = "Known before: answered"
    sentence: ClassVar = "Whether the child was known before: {answer}.[ {why}]"
    response: ClassVar = True

    answer: Annotated[
        str,
        Options({"known": "Known before", "not_known": "Not known before", "not_sure": "Could not be settled"}),
        Say("Was this child known before?", missing="Choose known, not known, or could not be settled."),
        CODE,
    ]
    why: Annotated[Words | None, Say("What you compared", "For example: same birth date and pupil number."), WORDS] = (
        None
    )


class LinkJudged(Fact):
    """A named person's judgement that two mentions are, or are not, one person. It can be undone by a later one."""

    kind: ClassVar = "linkage.link_judged"
    title: ClassVar = "Two mentions compared"
    sentence: ClassVar = "Two mentions were judged: {verdict}. {why}"

    verdict: Annotated[
        str,
        Options({"same": "The same person", "different": "Different people", "unsure": "Not sure"}),
        Say("Are they the same person?", missing="Choose the same, different, or not sure."),
        CODE,
    ]
    why: Annotated[Words, Say("Why?", missing="Say what you compared."), WORDS]


class ModelTaught(Fact):
    """People's judgements taught the weights by which children are recognised. It is measured, and not in use yet."""

    kind: ClassVar = "linkage.model_taught"
    title: ClassVar = "Weights for recognising children taught"
    sentence: ClassVar = (
        "The weights {digest} were taught by {taught} judgements and measured by {held_out} others. Of {same} pairs of "
        "one child among those they recognise {after}; the weights in use recognised {before}. Worse: {worse}."
    )
    door: ClassVar = Door.MACHINE

    digest: Annotated[Text, Say("Digest of the model"), RECORD]
    taught: Annotated[Whole, Say("Judgements it was taught by"), RECORD]
    held_out: Annotated[Whole, Say("Judgements it was measured by"), RECORD]
    same: Annotated[Whole, Say("Pairs of one child among those"), RECORD]
    before: Annotated[Whole, Say("How many of them the weights in use recognise"), RECORD]
    after: Annotated[Whole, Say("How many of them these recognise"), RECORD]
    dropped: Annotated[Whole, Say("Pairs that are shown now and would be shown no more"), RECORD]
    worse: Annotated[str, Options({"no": "no", "yes": "yes"}), Say("Is it worse in anything measured?"), RECORD]
    fair: Annotated[
        str,
        Options({"measured": "measured by naming tradition", "too_few": "too few pairs to tell"}),
        Say("Fair to names"),
        RECORD,
    ]


class ModelAdopted(Fact):
    """From now on, children are recognised by these weights, which people's judgements taught."""

    kind: ClassVar = "linkage.model_adopted"
    title: ClassVar = "Weights for recognising children adopted"
    sentence: ClassVar = "Children are recognised by the weights {digest}: {why}"
    door: ClassVar = Door.MACHINE

    digest: Annotated[Text, Say("Digest of the model"), RECORD]
    why: Annotated[Words, Say("Why", missing="Say why these weights are adopted."), WORDS]


FACTS: tuple[type[Fact], ...] = (ChildRegistered, KnownBeforeAnswered, LinkJudged, ModelTaught, ModelAdopted)
