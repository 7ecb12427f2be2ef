"""The fold over a million coded rows: reports, decisions and answers of three years of a large county."""

import time
from datetime import timedelta
from uuid import UUID

from benchmarks.store import START, Figure, scaled
from onrecord.duties.rules import Adopted, fold
from onrecord.ledger.gateway.collector import paused
from onrecord.ledger.rules.effect import Line
from onrecord.rulebook.gateway import read, shipped

MIX = ("intake.report_received", "intake.report_acknowledged", "linkage.known_before_answered", "intake.decision_made")


def lines(count: int) -> list[Line]:
    """Threads of one report and its answers, and as many facts again that open nothing."""
    made: list[Line] = []
    moment = START
    for place in range(count):
        thread, part = divmod(place, 10)
        moment = START + timedelta(seconds=30 * place)
        root = UUID(int=thread * 10 + 1)
        kind = MIX[part] if part < len(MIX) else "duties.duty_escalated"
        coded = {"concern": "missing", "outcome": "send_to", "duty": "", "rung": 0} if part else {"concern": "missing"}
        regarding = () if part == 0 else (root,)
        uid = UUID(int=place + 1)
        made.append(Line(place, uid, kind, moment, moment, f"u{part}", "school", False, coded, regarding, (root,)))
    return made


def run() -> list[Figure]:
    """Fold them all, at the end, as known at the end."""
    count = scaled(1_000_000)
    given, adopted = lines(count), [Adopted(START - timedelta(days=1), read(shipped()))]
    end = given[-1].recorded_at
    fold(given[:1000], adopted, end, end)
    start = time.process_time()
    with paused():
        duties = fold(given, adopted, end, end)
    took = time.process_time() - start
    name = f"fold over {count:,} coded rows ({len(duties):,} duties), CPU"
    return [Figure(name, round(took, 2), "s", "under 3", took < 3)]
