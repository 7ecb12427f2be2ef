"""What may be said about duties: which law is in force, what was missed, who could not, what was refused."""

from typing import Annotated, ClassVar

from onrecord.ledger.facts import Door, Fact, Options, Say, Text, Whole, Words
from onrecord.ledger.facts.entry import REFUSED_REASONS
from onrecord.ledger.facts.held import CODE, RECORD, STAFF_CODE, WORDS


class RulebookAdopted(Fact):
    """From now on, duties follow this edition of the rulebook."""

    kind: ClassVar = "duties.rulebook_adopted"
    title: ClassVar = "Rulebook adopted"
    sentence: ClassVar = "The rulebook {digest} was adopted: {why}"

    digest: Annotated[Text, Say("Digest of the edition"), RECORD]
    why: Annotated[Words, Say("Why", missing="Say why this edition is adopted."), WORDS]
    outside: Annotated[
        str | None,
        Options({"less": "could be told less, or later, or others would be told"}),
        Say("The people outside"),
        RECORD,
    ] = None


class DutyEscalated(Fact):
    """A duty was not met, and somebody new was told. `happened` is when that step fell due, not when it was noticed."""

    kind: ClassVar = "duties.duty_escalated"
    title: ClassVar = "Duty not met: somebody new was told"
    sentence: ClassVar = "The duty {rule} was not met. It went to the {role}."
    door: ClassVar = Door.MACHINE

    duty: Annotated[Text, Say("Which duty"), RECORD]
    rule: Annotated[Text, Say("Which rule"), RECORD]
    rung: Annotated[Whole, Say("Step of the ladder, the first is 0"), RECORD]
    role: Annotated[Text, Say("Role that was told"), RECORD]
    agency: Annotated[Text, Say("Agency that was told"), RECORD]
    told: Annotated[tuple[Text, ...], Say("Sign-in names of those told"), RECORD] = ()
    outside: Annotated[str, Options({"yes": "outside", "no": "inside"}), Say("Inside or outside"), RECORD]


class DutyReassigned(Fact):
    """Somebody else now holds a duty. No clock moves."""

    kind: ClassVar = "duties.duty_reassigned"
    title: ClassVar = "Duty handed over"
    sentence: ClassVar = "A duty was handed to {holder}: {why}"

    duty: Annotated[Text, Say("Which duty"), RECORD]
    holder: Annotated[Text, Say("Who holds it now", missing="Choose who takes it over."), STAFF_CODE]
    why: Annotated[Words, Say("Why", missing="Say why it changes hands."), WORDS]


class CannotInTime(Fact):
    """Somebody says that they cannot do a duty in time. The clock stands; the manager is now the one to unblock it."""

    kind: ClassVar = "duties.cannot_in_time"
    title: ClassVar = "I can't do this in time"
    sentence: ClassVar = "The person who holds the duty said they cannot do it in time: {reason}."

    duty: Annotated[Text, Say("Which duty"), RECORD]
    reason: Annotated[
        str,
        Options(
            {
                "no_capacity": "No capacity",
                "no_reply": "No reply from somebody else",
                "cannot_reach_safely": "Cannot reach the child safely",
                "other": "Another reason",
            }
        ),
        Say("What stands in the way?", missing="Choose one reason."),
        CODE,
    ]
    words: Annotated[Words | None, Say("Anything to add"), WORDS] = None


class SeatFoundVacant(Fact):
    """Nobody outside has agreed to hear what is not answered inside."""

    kind: ClassVar = "duties.seat_found_vacant"
    title: ClassVar = "Outside seat vacant"
    sentence: ClassVar = "Nobody has accepted the outside seat of {role}."
    door: ClassVar = Door.MACHINE

    role: Annotated[Text, Say("Seat"), RECORD]


class LoweringRefused(Fact):
    """Somebody tried to lower something for a reason that is never a reason. Nothing was lowered."""

    kind: ClassVar = "duties.lowering_refused"
    title: ClassVar = "Lowering refused"
    sentence: ClassVar = "An attempt to lower was refused. The reason given was: {reason}. “{words}”[ {because}]"
    door: ClassVar = Door.MACHINE

    reason: Annotated[str, REFUSED_REASONS, Say("Reason given"), CODE]
    words: Annotated[Words, Say("In their words"), WORDS]
    attempted: Annotated[Text, Say("What they tried to record"), RECORD]
    because: Annotated[Words | None, Say("Why it is never a reason"), WORDS] = None


class ChallengeAnswered(Fact):
    """Somebody senior spoke with the person who gave the refused reason, and recorded the answer."""

    kind: ClassVar = "duties.challenge_answered"
    title: ClassVar = "Challenge answered"
    sentence: ClassVar = "The refused reason was taken up: {answer}"
    weighs: ClassVar = True
    response: ClassVar = True

    answer: Annotated[Words, Say("What was said, and what happens now", missing="Say what was agreed."), WORDS]


FACTS: tuple[type[Fact], ...] = (
    RulebookAdopted,
    DutyEscalated,
    DutyReassigned,
    CannotInTime,
    SeatFoundVacant,
    LoweringRefused,
    ChallengeAnswered,
)
