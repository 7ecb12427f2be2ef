"""How a fact is declared: once, and everything else is made from it.

From a fact class come its form, API schema, CSV columns, chronology sentence, catalogue page and processing record.
Each field carries two plain dataclasses: `Say`, the words people meet, and `Held`, why the law lets us keep it.
(They must stay plain: a pydantic object in an annotation silently replaces the field's schema.)
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, ClassVar, Self, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.annotated_handlers import GetCoreSchemaHandler
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema

from onrecord.ledger.facts.fields import Options
from onrecord.ledger.facts.known import Known
from onrecord.ledger.facts.needed import one_at_least
from onrecord.ledger.facts.wrong import Refused, Wrong

T = TypeVar("T")


@dataclass(frozen=True)
class Say:
    """The words of a field: its label, a hint, and what to tell somebody when it is missing or wrong."""

    label: str
    hint: str = ""
    missing: str = ""
    wrong: str = ""


@dataclass(frozen=True)
class Held:
    """The processing record of a field. `coded` fields may stand in read tables; all others stay sealed.

    `said_by` tells whose words it holds (`facts.held`); "" for nobody's.
    `by_reason`: all of it is shown only to somebody who says why, and stands on no paper and in no bundle.
    """

    purpose: str
    basis: str
    seen_by: str
    retained: str
    special: bool = False
    coded: bool = False
    said_by: str = ""
    by_reason: bool = False


class Door(StrEnum):
    """Who may say a fact of this kind."""

    STAFF = "staff"
    MACHINE = "machine"
    PEOPLE = "people"
    """About people at work: each kind says itself who may say it of whom. Never corrected; said anew."""
    PUBLIC = "public"
    """By whoever writes on a page that asks nobody to sign in; said for them by nobody who works here."""


class Fact(BaseModel):
    """Something that was said or done, in the past tense. Frozen: a fact is added to, never edited."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: ClassVar[str]
    version: ClassVar[int] = 1
    title: ClassVar[str]
    sentence: ClassVar[str]
    door: ClassVar[Door] = Door.STAFF
    guarded: ClassVar[frozenset[str]] = frozenset()
    """Fields that keep somebody safe: to take a warning back, or to change who must not know, needs a second person."""
    warns: ClassVar[frozenset[str]] = frozenset({"yes"})
    """What warns, of the answers to guarded questions from a list."""
    response: ClassVar[bool] = False
    """Whether it answers something: only a response can discharge a duty."""
    by_ladder: ClassVar[bool] = False
    """Whether only the seat that owes what it answers may say it, one above on its ladder, or whom it was handed to."""
    weighs: ClassVar[bool] = False
    """Whether people judge in it what becomes of a child: who reads a lowering again sees it only once they did."""
    stands_alone: ClassVar[bool] = False
    """Whether a response may also be said of its own accord, when there is nothing that it answers."""
    of_some: ClassVar[bool] = False
    """Whether it may be about some only of the children whom that is about which it answers, such as one of a panel."""
    takes_back: ClassVar[bool] = False
    """Whether it puts another in the place of what it answers, if that is guarded: then it needs a second person."""
    roles: ClassVar[frozenset[str]] = frozenset()
    """The roles that may say it; none named means everybody who works with children."""
    sorts: ClassVar[frozenset[str]] = frozenset()
    """The sorts of agency that may say it; none named means every sort."""
    opens_concern: ClassVar[bool] = False
    """Whether the people it names count, from now on, as children somebody worries about."""
    ends_concern: ClassVar[tuple[str, str] | None] = None
    """The coded field and answer by which it ends the concern it regards."""
    of_an_entry: ClassVar[bool] = False
    """Whether it says something of an entry without answering it, and so has to name that entry."""
    on_no_file: ClassVar[bool] = False
    """Whether it names no child and no entry, so that it stands on nobody's file."""
    from_record: ClassVar[frozenset[str]] = frozenset()
    """Fields that `completed` fills in from the record, so that no page asks for them."""
    by_one: ClassVar[tuple[str, frozenset[str]] | None] = None
    """The coded field and the answers that leave a concern to one person; any other answer brings in a second one."""
    quorum: ClassVar[Mapping[str, frozenset[str]] | None] = None
    """Of a meeting: the sorts of agency that make each sort of it quorate. Its coded fields are `sort` and `came`."""
    by_two: ClassVar[str] = ""
    """The field with its author's reason, of a kind that always waits for a second person; "" for any other. Where one
    answer of it ends a concern, only that answer waits."""
    highest: ClassVar[Mapping[str, str]] = {}
    """Coded answers that count as the higher of themselves and of another ranked field: both by name."""
    correctable: ClassVar[frozenset[str]] = frozenset()
    """Of a kind with a door of its own: the fields that staff put right all the same."""
    puts_off: ClassVar[tuple[str, str] | None] = None
    """Of what answers only by naming another day: the field with its author's reason, and the one with their words."""
    leaves_out: ClassVar[tuple[str, str] | None] = None
    """Of what may leave somebody out: the field with its author's reason, and the one with their words."""
    kept_apart: ClassVar[bool] = False
    """Whether what it says is shown on no list and no file: only its sentence, which has to hold none of it."""
    trained: ClassVar[str] = ""
    """The training that whoever says it holds (`access.facts.TrainingHeld`); "" where none is asked."""
    hands_to: ClassVar[str] = ""
    """The field with whoever does it from now on: they hold the training, not its author."""
    steps_aside: ClassVar[bool] = False
    """Whether what was said before may bar somebody from it: `barred` says whom."""
    on_file: ClassVar[bool] = False
    """Whether it is said of a child on the child's file: then it has to say about whom it is."""
    told_us: ClassVar[frozenset[str]] = frozenset()
    """Fields with the own words of a child, a family or whoever reported: nobody challenges how they put it."""
    only_by_conference: ClassVar[Mapping[str, str]] = {}
    """Coded answers that mean, together, that nothing about the child is lowered but by a conference."""
    only_once: ClassVar[bool] = False
    """Whether what it answers is answered so once only: what is wrong in it is put right, never said again."""
    answers: ClassVar[frozenset[str]] = frozenset()
    """The kinds that it answers; none named means any."""
    not_after: ClassVar[frozenset[str]] = frozenset()
    """The kinds after which, where one of them answers the same, it is not said any more."""
    waits: ClassVar[int] = 0
    """How many whole working days after what it answers was recorded it can be said at the earliest."""
    theirs: ClassVar[str] = ""
    """The coded field, of what it answers at any remove, with the sorts of agency that may say it."""
    of_those_who_met: ClassVar[bool] = False
    """Whether it is said by the sorts of agency that came to the meeting that it answers, at any remove."""
    reaches: ClassVar[str] = ""
    """The coded field in which every sort of agency has to stand that came to the meeting that it answers."""
    untrue_after: ClassVar[tuple[str, str, str] | None] = None
    """The coded field and the answer that is not true once such a kind answers what it answers, at any remove."""
    untrue_until: ClassVar[tuple[str, str, str] | None] = None
    """The coded field and the answer that is true only once such a kind was said of the child after what it answers."""
    spoken_for: ClassVar[tuple[str, frozenset[str]] | None] = None
    """The coded field, and the answers by which what stands as its author's words was said by somebody else."""
    in_name_of: ClassVar[str] = ""
    """The field with the name of whose words those are that are held as the words of somebody NAMED."""
    attended: ClassVar[str] = ""
    """Of what records that people met: the coded field with the sorts of agency that came. It owes minutes."""
    own_word: ClassVar[str] = ""
    """The field, of what it answers, with the name of whoever alone may say it, also where another owes an answer."""
    fixed: ClassVar[frozenset[str]] = frozenset()
    """Fields that nobody puts right, because others went by them and something was met by them: it is said anew."""
    is_conference: ClassVar[frozenset[str]] = frozenset()
    """Of such a conference: the sorts of agency, in `present`, without which it frees nobody."""
    beside: ClassVar[frozenset[str]] = frozenset()
    """The kinds it is held against, by `clashes`, before it is recorded: what stands of them about the same child."""
    lends: ClassVar[str] = ""
    """The coded field with an agency that may read the child's file because of it, until that is given back."""
    given_to: ClassVar[str] = ""
    """The field with the very agency that takes something on, by id, where several of its sort take part."""
    gives_back: ClassVar[tuple[str, str] | None] = None
    """The coded field and answer by which what was lent by what it answers is given back."""
    keeps_file: ClassVar[str] = ""
    """The field with the SHA-256 of a sealed file that stands under the entry's own id; "" where there is no file."""

    @classmethod
    def upgrade(cls, version: int, body: dict[str, Any]) -> dict[str, Any]:
        """Turn the body of an earlier version into today's. Pure; the stored bytes never change."""
        if version != cls.version:
            raise Refused((Wrong("version", str(version), f"{cls.kind} has no version {version}", "known version"),))
        return body

    @classmethod
    def heard(cls, raw: Mapping[str, Any]) -> Self:
        """Make the fact from plain values (page, API, file), or raise Refused in the fields' own words."""
        try:
            return cls.model_validate(raw)
        except ValidationError as error:
            raise Refused(tuple(_wrong(cls, fault) for fault in error.errors())) from None

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[BaseModel], handler: GetCoreSchemaHandler) -> CoreSchema:
        """A list that has to be said holds one thing at least: an empty one says nothing."""
        return one_at_least(handler(source))

    def completed(self, known: Known) -> Self:
        """The same with what the record knows filled in. Raises Refused for what contradicts it."""
        return self

    def clashes(self, standing: Sequence["Fact"]) -> tuple[Wrong, ...]:
        """What of it cannot stand beside these facts, in the fields' own words. Only kinds with `beside` are asked."""
        return ()

    def by_another(self) -> bool:
        """Whether it judges what it answers, so that it is for somebody else to say than for whoever said that."""
        return False

    def by_another_agency(self) -> bool:
        """Whether it vouches for what it answers, so that it is for another agency to say than for the one that did."""
        return False

    def also_so(self) -> Mapping[str, str]:
        """What its answers make so of what the record filled in: put right with them, where more is owed by it."""
        return {}

    def done_by(self, author: str) -> frozenset[str]:
        """Those who do it. Only kinds with `steps_aside` are asked."""
        return frozenset({author})

    @classmethod
    def barred(cls, said: Sequence[tuple[str, str, Mapping[str, Any]]]) -> frozenset[str]:  # noqa: ARG003
        """Who does not do it, by the kinds, authors and coded answers of what counts before it, in order."""
        return frozenset()

    @classmethod
    def fields(cls) -> Iterator[tuple[str, FieldInfo, Say, Held]]:
        """Every field in order, with its words and its processing record."""
        for name, info in cls.model_fields.items():
            yield name, info, _one(info, Say, cls, name), _one(info, Held, cls, name)

    @classmethod
    def options(cls, name: str) -> Options | None:
        """The answers a choice field allows; None for any other field."""
        return next((part for part in _parts(cls.model_fields[name]) if isinstance(part, Options)), None)

    def coded(self) -> dict[str, Any]:
        """The fields that may leave the seal: codes, days and counts, as JSON values."""
        made = self.model_dump(mode="json", include=_coded(type(self)), exclude_none=True)
        for name, other in self.highest.items():
            options = self.options(name)
            if options and other in made and options.rank(made[other]) > options.rank(made[name]):
                made |= {name: made[other], said_of(name): made[name]}
        return made

    def spoken(self, name: str) -> str:
        """One field in words, as the chronology says it."""
        value, options = getattr(self, name), self.options(name)
        parts = value if isinstance(value, tuple) else (value,) if value is not None else ()
        return ", ".join(
            options.words[part] if options else part.spoken() if hasattr(part, "spoken") else _said(part)
            for part in parts
        )


def said_of(name: str) -> str:
    """Under which name a coded answer is kept as it was said, where a higher one counts."""
    return f"{name}_said"


def _said(part: Any) -> str:
    """A plain value in words; a day as people say it."""
    return f"{part:%-d %B %Y}" if isinstance(part, date) else str(part)


@lru_cache(maxsize=512)
def _coded(cls: type[Fact]) -> set[str]:
    return {name for name, _, _, held in cls.fields() if held.coded}


def _parts(info: FieldInfo) -> Iterator[Any]:
    """The annotation's metadata, also where the field is optional (`Annotated[...] | None`)."""
    yield from info.metadata
    for inner in get_args(info.annotation):
        yield from getattr(inner, "__metadata__", ())


def _one(info: FieldInfo, wanted: type[T], cls: type[Fact], name: str) -> T:
    found = [part for part in info.metadata if isinstance(part, wanted)]
    if len(found) != 1:
        raise TypeError(f"{cls.__name__}.{name} needs exactly one {wanted.__name__}(...) in its annotation.")
    return found[0]


def _wrong(cls: type[Fact], fault: Any) -> Wrong:
    """A pydantic fault in the field's own words."""
    path = [str(part) for part in fault["loc"]]
    top = path[0] if path else ""
    value = "" if fault["type"] == "missing" else str(fault["input"])[:200]
    if top not in cls.model_fields:
        known = ", ".join(cls.model_fields)
        return Wrong(".".join(path), value, f"There is no such field. The fields are: {known}.", "known field")
    said = _one(cls.model_fields[top], Say, cls, top)
    reason = fault["msg"].removeprefix("Value error, ")
    if fault["type"] == "missing" or fault["input"] in ("", None, (), []):
        return Wrong(".".join(path), value, said.missing or f"Answer “{said.label}”.", "must be answered")
    if fault["type"] == "string_too_long" and not said.wrong:
        length, most = len(fault["input"]), fault["ctx"]["max_length"]
        return Wrong(".".join(path), value, f"Shorten this: it has {length:,} characters, of {most:,} at most.", reason)
    return Wrong(".".join(path), value, said.wrong or f"{said.label}: {reason}.", reason)
