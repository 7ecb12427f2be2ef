"""Who met, at random: what is said of a meeting is theirs who came to that one, and to none above it or beside it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.rules.effect import Line
from onrecord.ledger.rules.met import who_met
from tests.rules.ledger.lines import line, uid

SORTS = ("childrens_social_care", "health", "police", "school")
CAME = st.lists(st.sampled_from(SORTS), min_size=1, unique=True)
KINDS = catalogue()
MET = {"case.meeting_held": "came", "case.conference_held": "present", "case.core_group_met": "present"}
MEETINGS = st.lists(st.tuples(st.sampled_from(sorted(MET)), CAME), min_size=1, max_size=5)


def chain(meetings: list[tuple[str, list[str]]], between: int) -> list[Line]:
    """Meetings, each of which answers the one before at some removes, and what is said of the last."""
    made: list[Line] = [line(0, "intake.decision_made")]
    for kind, came in meetings:
        made.append(line(len(made), kind, len(made) - 1, coded={MET[kind]: came}))
        for _ in range(between):
            made.append(line(len(made), "case.minutes_recorded", len(made) - 1))
    return made


@settings(deadline=None)
@given(meetings=MEETINGS, between=st.integers(0, 4), other=CAME)
def test_it_is_the_nearest_meeting_that_counts(
    meetings: list[tuple[str, list[str]]], between: int, other: list[str]
) -> None:
    made = chain(meetings, between)
    beside = line(len(made), "case.meeting_held", 0, coded={"came": other})
    assert who_met([*made, beside], [made[-1].id], KINDS) == frozenset(meetings[-1][1])


@settings(deadline=None)
@given(st.integers(1, 5))
def test_where_nobody_met_it_is_nobodys(length: int) -> None:
    made = [line(seq, "case.minutes_recorded", *([seq - 1] if seq else [])) for seq in range(length)]
    assert who_met(made, [made[-1].id], KINDS) == frozenset()
    assert who_met(made, [uid(999)], KINDS) == frozenset()
