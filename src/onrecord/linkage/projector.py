"""Mentions become keyed hashes; judgements, and the weights that were adopted, become rows."""

import json
from collections.abc import Callable, Sequence
from uuid import UUID

from onrecord.ledger.facts import Corrected, Entry, Person, mention_of
from onrecord.ledger.gateway.rows import Row, insert, row_type
from onrecord.ledger.queries import answers, lines, thread
from onrecord.ledger.queries import entries as opened
from onrecord.ledger.rules.effect import ANSWERS, SETTING_ASIDE, Line, line_of, may_answer, standing
from onrecord.linkage.facts import LinkJudged, ModelAdopted
from onrecord.linkage.gateway import numbered
from onrecord.linkage.models import Adopted, Judgement, MatchKey, Mentioned
from onrecord.linkage.rules import keys_of, mention

TABLES = (Mentioned, MatchKey, Judgement, Adopted)
MOVING = frozenset({*ANSWERS, *SETTING_ASIDE})
"""What decides whether counts what was only proposed."""
Named, Keyed = row_type(Mentioned), row_type(MatchKey)


def project(entries: Sequence[Entry]) -> None:
    """Write the rows that follow from these entries."""
    found = [(entry, child) for entry in entries if isinstance(child := vars(entry.saying.fact).get("child"), Person)]
    if found:
        insert(_named(entry.id, entry.seq) for entry, _ in found)
        insert(row for entry, child in found for row in _keys(entry.seq, child))
    for entry in entries:
        _put_right(entry)
        if entry.kind in COUNTED and not entry.proposed:
            COUNTED[entry.kind](line_of(entry), entry.seq)
        elif entry.kind in MOVING:
            _weigh_again(entry)


def project_anew(entries: Sequence[Entry]) -> None:
    """Make the rows of these entries, of which something was erased, again from what they say now."""
    fixed = [uid for entry in entries if isinstance(entry.saying.fact, Corrected) for uid in entry.saying.regarding]
    for entry in opened([*(entry.id for entry in entries), *fixed]):
        child = getattr(entry.saying.fact, "child", None)
        if isinstance(child, Person):
            Mentioned.objects.filter(seq=entry.seq).delete()
            MatchKey.objects.filter(seq=entry.seq).delete()
            insert([_named(entry.id, entry.seq)])
            insert(_keys(entry.seq, child))
            for fix in opened(line.id for line in lines(answers([entry.id])) if line.kind == Corrected.kind):
                _put_right(fix)


def _judge(judged: Line, since: int) -> None:
    """A judgement counts, from the entry with a number on."""
    if len(judged.mentions) == 2:
        one, other = sorted(judged.mentions)
        Judgement.objects.create(one=one, other=other, verdict=judged.coded["verdict"], seq=since)


def _adopt(made: Line, since: int) -> None:
    """A model that was adopted counts. Of several the one that was adopted last weighs, whenever it was agreed to."""
    Adopted.objects.create(seq=made.seq, digest=made.coded["digest"])


COUNTED: dict[str, Callable[[Line, int], None]] = {LinkJudged.kind: _judge, ModelAdopted.kind: _adopt}
"""What is a row as soon as it counts, and none while it does not."""


def _weigh_again(entry: Entry) -> None:
    """What was only proposed counts from the second signature on, and not while it is set aside."""
    for made in [line for line in lines(entry.saying.regarding) if line.kind in COUNTED and line.proposed]:
        known = [line for line in thread(made.id) if line.seq <= entry.seq]
        answered = [line.seq for line in known if line.kind in ANSWERS and may_answer(made, line)]
        Judgement.objects.filter(seq__in=answered[:1]).delete()
        Adopted.objects.filter(seq=made.seq).delete()
        if made.id in {line.id for line, _ in standing(known, entry.recorded_at)}:
            COUNTED[made.kind](made, answered[0])


def _named(entry: UUID, seq: int) -> Row:
    return Named(seq=seq, entry=entry, mention=mention_of(entry, "child"), corrected=False)


def _keys(seq: int, child: Person) -> list[Row]:
    return [Keyed(hashed=hashed, seq=seq) for hashed in numbered(keys_of(mention(child)))]


def _put_right(entry: Entry) -> None:
    """The keys of a child as they are called since a correction: found by either name. One that waits is found too."""
    fact = entry.saying.fact
    if not isinstance(fact, Corrected):
        return
    if fact.field == "child":
        child = Person.model_validate(json.loads(fact.value))
        for line in lines(entry.saying.regarding):
            known = set(MatchKey.objects.filter(seq=line.seq).values_list("hashed", flat=True))
            insert([_named(line.id, line.seq)], again=True)
            insert(row for row in _keys(line.seq, child) if row.hashed not in known)
    named = [mention_of(uid, "child") for uid in entry.saying.regarding]
    Mentioned.objects.filter(mention__in=named).update(corrected=True)
