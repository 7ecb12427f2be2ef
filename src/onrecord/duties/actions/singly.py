"""What is signed by itself is not signed with others at once, by whichever door: a page, the API, a file."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from onrecord.access.rules import Viewer
from onrecord.duties.queries.joint import Joint
from onrecord.ledger.facts import Fact, Seconded
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.queries import entries


def alone(viewer: Viewer, said: Iterable[tuple[UUID, Fact, Iterable[UUID]]], now: datetime) -> Mapping[UUID, str]:
    """Of the proposals that several second signatures at once would agree to, those to be signed by themselves: why."""
    signing = {uid: set(regarding) for uid, fact, regarding in said if isinstance(fact, Seconded)}
    if len(signing) < 2:
        return {}
    signing = {
        uid: regarding for uid, regarding in signing.items() if uid not in {made.id for made in entries(signing)}
    }
    agreed = {target for regarding in signing.values() for target in regarding}
    proposals = [made for made in entries(agreed) if made.proposed]
    joint = Joint(viewer, proposals, now, now.astimezone(HERE).date())
    return {made.id: in_words(why) for made in proposals if (why := joint.weighed[made.id].singly)}


def in_words(why: Iterable[str]) -> str:
    """Why it is signed by itself, in a sentence."""
    return f"This is signed by itself, not with others at once: {', '.join(why)}."
