"""Two ticks at once, and a tick beside a person at work: nothing doubles, nobody waits for ever."""

import contextvars
import threading
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connections, transaction

from onrecord.case.facts import ExploitationAssessed
from onrecord.duties.actions import NeedsReason, tick
from onrecord.duties.models import Owed
from onrecord.ledger.actions import hold
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.models import Envelope
from onrecord.notices import actions as notices
from onrecord.notices.models import Notice
from tests.databases import another_process
from tests.partnership import ASSESSED, START, Store

LATER = START + timedelta(days=9)
LEVEL = ASSESSED


def in_thread(work: object) -> threading.Thread:
    """Start work in a thread that sees this test's clock and closes its own connections."""
    context = contextvars.copy_context()

    def whole() -> None:
        try:
            context.run(work)
        finally:
            connections.close_all()

    thread = threading.Thread(target=whole)
    thread.start()
    return thread


def escalations() -> Counter[tuple[str, int]]:
    rows = Envelope.objects.filter(kind="duties.duty_escalated").values_list("coded", flat=True)
    return Counter((coded["duty"], coded["rung"]) for coded in rows)


def test_two_ticks_in_two_processes_escalate_once(own_store: Store) -> None:
    for _ in range(5):
        own_store.report()
    running = [another_process("tick", LATER.isoformat()) for _ in range(2)]
    said = [process.communicate(timeout=120)[0] for process in running]
    assert [(process.returncode, words) for process, words in zip(running, said, strict=True)] == [(0, ""), (0, "")]
    found = escalations()
    with playing(LATER):
        assert tick(LATER, sign=False).escalated == 0
    assert (len(found) > 20, set(found.values())) == (True, {1})


def test_two_ticks_send_each_notice_once(own_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    own_store.report()
    sent: list[str] = []
    monkeypatch.setattr(notices, "send", lambda *said: (sent.append(said[2]), time.sleep(0.02)))
    with playing(LATER):
        threads = [in_thread(lambda: tick(LATER, sign=False)) for _ in range(2)]
        [thread.join() for thread in threads]
    lines = [line for body in sent for line in body.splitlines() if line.startswith("- ")]
    assert len(lines) == Notice.objects.exclude(delivered_at=None).count() > 3
    assert mail.outbox == []


def test_a_tick_waits_for_the_record_before_it_locks_a_duty(
    own_store: Store, capfd: pytest.CaptureFixture[str]
) -> None:
    """The other order would be a deadlock with every person who answers that duty."""
    made, done = own_store.report(), []
    with playing(LATER):
        with transaction.atomic():
            hold()
            thread = in_thread(lambda: done.append(tick(LATER, sign=False)))
            time.sleep(0.5)
            assert Owed.objects.filter(opening=made.id).update(holder="somebody") > 0
        thread.join(20)
    assert [one.escalated == len(escalations()) for one in done] == [True]
    assert "could not climb" not in "".join(capfd.readouterr())


def test_two_people_at_once_cannot_lower_between_each_other(own_store: Store) -> None:
    """Whoever comes second is asked what it lowers after the first was recorded."""
    made = own_store.report()
    outcomes: list[str] = []

    def assess(level: str, *, first: bool) -> None:
        fact = ExploitationAssessed(level=level, **LEVEL)
        try:
            with transaction.atomic():
                own_store.say("social-worker", fact, made)
                time.sleep(0.5 if first else 0)
            outcomes.append(level)
        except NeedsReason:
            outcomes.append(f"{level} needs a reason")

    threads = [in_thread(lambda: assess("serious", first=True))]
    time.sleep(0.2)
    threads.append(in_thread(lambda: assess("emerging", first=False)))
    [thread.join(20) for thread in threads]
    assert outcomes == ["serious", "emerging needs a reason"]


def test_holding_the_record_needs_a_transaction(own_store: Store) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        hold()
