"""What surrounds a fact: who said it, when, for whom, about whom, in answer to what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Annotated, Any
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict

from onrecord.ledger.facts.declare import Fact
from onrecord.ledger.facts.fields import Options, When, Words

LOWERING_REASONS = Options(
    {
        "new_information": "New information shows the harm or the risk is less",
        "plan_working": "The plan worked, and the change has lasted",
        "recorded_in_error": "It was recorded in error",
        "wrong_person": "It is about a different person",
        "duplicate": "The same report was recorded twice",
        "harm_not_found": "Enquiries were completed and no harm was found",
        "decided_elsewhere": "It was decided by a court, the Crown Prosecution Service or a force registrar",
        "support_ended": "The support reached the end the law sets, or they asked for it to end",
        "takes_two": "It is of a sort that one person never decides alone",
        "ended_the_last": "They ended the last report about this child without action",
        "put_off": "It puts off to a later day what is owed",
        "in_their_place": "It is said in somebody else's place, so they, or somebody who knows them, agree first",
    },
    retired=frozenset({"takes_two", "ended_the_last", "put_off", "in_their_place"}),
)
"""Why something may be lowered. Those retired are given by the program, and offered to nobody."""


REFUSED_REASONS = Options(
    {
        "community_cohesion": "Community cohesion, or how a community might feel",
        "reputation": "The reputation of an organisation or a person",
        "capacity": "Not enough staff, time or money",
        "exaggerated": "The reporter or the child was thought to exaggerate",
        "consent": "The child was said to have consented, or to have chosen this way of life",
        "would_not_engage": "The child or family would not engage",
        "not_prepared": "The child was said not to be prepared to help themselves",
        "relationship": "It was called a relationship",
        "not_like_a_victim": "The child did not report it, goes back, or does not support a prosecution",
    }
)
REFUSED_BECAUSE: Mapping[str, str] = {
    "community_cohesion": "How others might feel says nothing about this child. Silence for the sake of peace is how "
    "children were left with those who harmed them.",
    "reputation": "What people think of an organisation or of somebody in it says nothing about this child.",
    "capacity": "What there is no time for stays owed. Say “I can't do this in time”, and a manager has to act.",
    "exaggerated": "Nobody is asked here whether they believe a child or a reporter. Say what was looked at, and what "
    "it showed.",
    "consent": "No child can consent to being exploited. What looks like a choice can be the harm itself.",
    "would_not_engage": "Not coming, not answering and running away can be signs of harm. Try another way, and another "
    "person.",
    "not_prepared": "Adults protect a child. A child does not have to be ready for it, nor to earn it.",
    "relationship": "What an adult or an older child calls a relationship can be how the harm is done.",
    "not_like_a_victim": "Fear, shame and love keep children silent and bring them back. It says nothing of the harm.",
}
"""Why each of them is never a reason."""


class Lowering(BaseModel):
    """Why something is to be lowered: a reason from the list, and words of one's own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    reason: Annotated[str, LOWERING_REASONS]
    words: Words


@dataclass(frozen=True)
class Saying:
    """What somebody wants recorded. The id is the caller's, so that asking twice is the same as asking once."""

    id: UUID
    fact: Fact
    by: str
    role: str
    agency: str
    happened: When
    on_behalf: str | None = None
    about: tuple[UUID, ...] = ()
    regarding: tuple[UUID, ...] = ()
    lowering: Lowering | None = None

    def opened(self) -> dict[str, Any]:
        """Everything that is sealed, field by field, as JSON values. `recorded_at` is the ledger's to say."""
        surround: dict[str, Any] = {
            "happened": self.happened.model_dump(mode="json"),
            "by": self.by,
            "role": self.role,
            "agency": self.agency,
            "on_behalf": self.on_behalf,
            "about": [str(mention) for mention in self.about],
            "regarding": [str(entry) for entry in self.regarding],
            "lowering": self.lowering.model_dump(mode="json") if self.lowering else None,
        }
        body = self.fact.model_dump(mode="json", exclude_none=True)
        return surround | {f"body.{name}": value for name, value in body.items()}


@dataclass(frozen=True)
class Entry:
    """A recorded fact, opened: the saying, its place in the ledger, and when the ledger stamped it."""

    seq: int
    recorded_at: datetime
    saying: Saying
    version: int = field(default=1)

    @property
    def id(self) -> UUID:
        """The entry's id."""
        return self.saying.id

    @property
    def kind(self) -> str:
        """The fact's kind."""
        return self.saying.fact.kind

    @property
    def proposed(self) -> bool:
        """Whether it waits for a second signature: it would lower something."""
        return self.saying.lowering is not None

    @cached_property
    def mentions(self) -> tuple[UUID, ...]:
        """Everybody it names itself, then everybody it is about."""
        return tuple(dict.fromkeys((*own_mentions(self.saying), *self.saying.about)))


@lru_cache(maxsize=4096)
def mention_of(entry: UUID, path: str) -> UUID:
    """The id of the mention at `path` ("child", "people.0") of an entry. A mention is not a person: links join them."""
    return uuid5(entry, path)


def own_mentions(saying: Saying) -> tuple[UUID, ...]:
    """The mentions a saying makes by naming a child in its field `child`."""
    return (mention_of(saying.id, "child"),) if vars(saying.fact).get("child") is not None else ()
