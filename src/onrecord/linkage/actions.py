"""The verbs of linkage: reading a list into the register, teaching the weights by what people judged, adopting them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from onrecord.ledger.actions import append
from onrecord.ledger.facts import Entry, Fact, Lowering, Saying
from onrecord.ledger.queries import last_of
from onrecord.linkage.facts import ModelAdopted, ModelTaught
from onrecord.linkage.gateway import scales
from onrecord.linkage.gateway.model import keep, kept, shipped
from onrecord.linkage.queries import Lessons, in_use
from onrecord.linkage.rules.lessons import Taught, taught
from onrecord.linkage.rules.taught import card, model_of

Say = Callable[[Fact], Saying]
"""What makes a fact said by whoever asks."""


class NotAdopted(ValueError):
    """A model that was not measured here, is worse than the one in use, or was measured against another."""


def register(sayings: Sequence[Saying]) -> list[Entry]:
    """Record the children of a list, all or none. Reading the same list again records nothing new."""
    return append(sayings)


def teach(lessons: Lessons, say: Say, now: datetime) -> tuple[str, Taught, Path]:
    """Teach the weights by what people judged, measure them by the rest, and keep them. Nothing is weighed by them yet.

    Returns the digest of the model, what was measured, and where its card stands.
    """
    made = taught(lessons.judged, scales(), in_use(), lessons.unjudged)
    digest, where = keep(model_of(shipped(), made, now), card(made, now))
    fact = ModelTaught(
        digest=digest,
        taught=made.learnt_from,
        held_out=made.held_out,
        same=made.after.same,
        before=made.before.found,
        after=made.after.found,
        dropped=made.dropped,
        worse="yes" if made.worse else "no",
        fair="measured" if made.after.traditions else "too_few",
    )
    append([say(fact)])
    return digest, made, where


def adopt_model(digest: str, why: str, say: Say) -> Entry:
    """Weigh by a model that was taught and measured here; as a proposal where somebody would be shown no more.

    Raises NotAdopted, and NoSuchModel where its file is gone.
    """
    kept(digest)
    made = next((line for line in last_of([ModelTaught.kind]) if line.coded["digest"] == digest), None)
    if made is None:
        raise NotAdopted("These weights were not measured here. Run `onrecord weights teach` first.")
    if made.coded["worse"] == "yes":
        raise NotAdopted("These weights are worse than those in use. The card says in what.")
    if any(line.seq > made.seq for line in last_of([ModelAdopted.kind], 1)):
        raise NotAdopted("Other weights were adopted or proposed since they were measured. Teach and measure again.")
    two = made.coded["dropped"] > 0 or made.coded["fair"] == "too_few"
    lowering = Lowering(reason="takes_two", words=why) if two else None
    return append([replace(say(ModelAdopted(digest=digest, why=why)), regarding=(made.id,), lowering=lowering)])[0]
