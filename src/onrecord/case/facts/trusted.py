"""The adult whom a child trusts: named by the child, not replaced unseen, and missed when their service ends."""

from typing import Annotated, ClassVar

from onrecord.access.facts import SORTS
from onrecord.ledger.facts import Day, Door, Fact, Options, Say, Text, Words
from onrecord.ledger.facts.held import CODE, SAFETY, STAFF, TOLD, WORDS

JUDGED = Options({"child": "the child said so", "worker": "a worker judged so"})
WHO = Say("Whom does the child trust?", "Somebody in her life, or a worker. She may name more than one.")
OF = Say("Of which sort of agency, if of any?")
REACH = Say("How can they be reached?")
SAID = Say("Who says so?", missing="Say whether the child said so or a worker judged so.")


class TrustedAdultNamed(Fact):
    """Somebody whom the child trusts. They have a seat in every meeting, and stay until two people agree otherwise."""

    kind: ClassVar = "case.trusted_adult_named"
    title: ClassVar = "Trusted adult"
    sentence: ClassVar = "The child trusts {who} ({judged})."
    guarded: ClassVar = frozenset({"who", "reach"})

    who: Annotated[Text, Say(WHO.label, WHO.hint, missing="Say whom the child trusts."), SAFETY]
    agency: Annotated[str | None, SORTS, OF, CODE] = None
    judged: Annotated[str, JUDGED, SAID, CODE]
    reach: Annotated[Text | None, REACH, SAFETY] = None


class TrustedAdultReplaced(Fact):
    """Somebody else takes the place of an adult whom the child trusted. It counts when a second person agrees."""

    kind: ClassVar = "case.trusted_adult_replaced"
    title: ClassVar = "Trusted adult replaced"
    sentence: ClassVar = "{who} takes the place of the adult whom the child trusted ({judged}). {why}"
    response: ClassVar = True
    takes_back: ClassVar = True
    guarded: ClassVar = frozenset({"who", "reach"})

    who: Annotated[
        Text,
        Say("Who takes their place?", "“Nobody”, where the child wants nobody.", missing="Say who takes their place."),
        SAFETY,
    ]
    agency: Annotated[str | None, SORTS, OF, CODE] = None
    judged: Annotated[str, JUDGED, SAID, CODE]
    reach: Annotated[Text | None, REACH, SAFETY] = None
    why: Annotated[Words, Say("Why, and what does the child say?", missing="Say what the child says to it."), TOLD]


class ServiceEnded(Fact):
    """A service that worked with children ends. Each child who trusted somebody there is asked after by name."""

    kind: ClassVar = "case.service_ended"
    title: ClassVar = "Service ended"
    sentence: ClassVar = "{service} ({agency}) ended on {last_day}. {why}"

    service: Annotated[Text, Say("Which service ends?", missing="Name the service."), STAFF]
    agency: Annotated[str, SORTS, Say("Of which sort of agency?", missing="Choose the agency."), CODE]
    last_day: Annotated[Day, Say("What is its last day?", missing="Give its last day."), CODE]
    why: Annotated[Words, Say("Why does it end?", missing="Say why it ends."), WORDS]


class TrustedAdultLost(Fact):
    """The service ended of an adult whom a child trusts. Somebody says who holds this child now."""

    kind: ClassVar = "case.trusted_adult_lost"
    title: ClassVar = "Who now holds this child?"
    sentence: ClassVar = "The service ended of an adult whom this child trusts. Who holds this child now?"
    door: ClassVar = Door.MACHINE

    agency: Annotated[str, SORTS, Say("The sort of agency whose service ended"), CODE]


class ChildHeldNow(Fact):
    """Who holds a child now, since the service ended of somebody whom they trusted."""

    kind: ClassVar = "case.child_held_now"
    title: ClassVar = "Who holds the child now"
    sentence: ClassVar = "{who} holds the child now. The child was asked: {asked}. {said}"
    response: ClassVar = True

    who: Annotated[Text, Say("Who works with the child now?", missing="Name who works with the child now."), SAFETY]
    agency: Annotated[str, SORTS, Say("Of which sort of agency?", missing="Choose their agency."), CODE]
    asked: Annotated[
        str,
        Options({"yes": "yes", "no": "not yet"}),
        Say("Was the child asked?", missing="Say whether the child was asked."),
        CODE,
    ]
    said: Annotated[Words, Say("What did the child say, or why was she not asked?", missing="Say what was said."), TOLD]


class TrustedAdultSees(Fact):
    """What a child lets an adult see whom they trust and who signs in. The newest counts; without it, none of this."""

    kind: ClassVar = "case.trusted_adult_sees"
    title: ClassVar = "What a trusted adult may see"
    sentence: ClassVar = "The child was asked what the adult whom they trust may see[: {shows}]. {said}"
    of_an_entry: ClassVar = True

    shows: Annotated[
        tuple[
            Annotated[
                str,
                Options(
                    {
                        "decision": "what was decided last",
                        "level": "how serious it was judged to be",
                        "words": "what the child last said",
                    }
                ),
            ],
            ...,
        ],
        Say("What does the child let them see?", "Tick only what the child said yes to."),
        CODE,
    ] = ()
    said: Annotated[Words, Say("What did the child say to it?", missing="Say what the child said."), TOLD]


class TrustedAdultTold(Fact):
    """A message to an adult whom a child trusts and who signs in. They read it on their own page."""

    kind: ClassVar = "case.trusted_adult_told"
    title: ClassVar = "Message to a trusted adult"
    sentence: ClassVar = "The adult whom the child trusts was told: “{words}”"
    of_an_entry: ClassVar = True

    words: Annotated[
        Words,
        Say(
            "What do you want to tell them?",
            "No names and no places: somebody may look over their shoulder.",
            missing="Write the message.",
        ),
        WORDS,
    ]
