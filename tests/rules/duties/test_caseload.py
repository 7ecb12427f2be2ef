"""How many children a worker holds: by whoever holds them now, each child once, wherever they are held."""

from datetime import timedelta
from uuid import UUID, uuid5

from onrecord.duties.rules.caseload import children_of, held
from onrecord.ledger.rules.effect import Line
from tests.rules.ledger.lines import START, line

AT = START + timedelta(days=1)


def mention(number: int) -> UUID:
    """A child, as somebody mentioned them."""
    return uuid5(UUID(int=0), str(number))


def holds(number: int, worker: str) -> Line:
    """A worker takes a case."""
    return line(number, "duties.case_held", coded={"worker": worker, "part": "lead"})._replace(
        mentions=(mention(number),)
    )


def handed(number: int, *to: int, worker: str | None) -> Line:
    """A case is handed over, to a worker or to nobody."""
    coded = {"to": "worker", "worker": worker} if worker else {"to": "nobody"}
    return line(number, "duties.case_handed_over", *to, minutes=number, coded=coded)


def workers(*lines: Line) -> list[str]:
    """Who holds a case, in the order in which they took it."""
    return [worker for worker, _ in held(lines, AT).values()]


def test_whoever_took_it_holds_it_until_it_is_handed_over() -> None:
    assert workers(holds(0, "ines"), holds(1, "daniel")) == ["ines", "daniel"]
    assert workers(holds(0, "ines"), handed(1, 0, worker="daniel")) == ["daniel"]
    assert workers(holds(0, "ines"), handed(1, 0, worker=None)) == []


def test_handed_over_twice_it_is_held_once() -> None:
    assert workers(holds(0, "ines"), handed(1, 0, worker="daniel"), handed(2, 0, 1, worker="esther")) == ["esther"]


def test_that_nobody_holds_it_counts_once_a_second_person_agreed() -> None:
    proposal = handed(1, 0, worker=None)._replace(proposed=True)
    agreed = line(2, "ledger.seconded", 1, by="dee", minutes=5)
    assert workers(holds(0, "ines"), proposal) == ["ines"]
    assert workers(holds(0, "ines"), proposal, agreed) == []


def test_a_child_who_was_mentioned_twice_counts_once() -> None:
    same = frozenset([mention(0), mention(1)])
    cases = [("ines", (mention(0),)), ("ines", (mention(1),)), ("ines", (mention(2),)), ("daniel", (mention(0),))]
    assert children_of(cases, dict.fromkeys(same, same)) == {"ines": 2, "daniel": 1}
