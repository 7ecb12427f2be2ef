"""That the watch looked stands in a row that anybody with the database can write: what is still to come is not so."""

from datetime import timedelta

import pytest

from onrecord.duties.actions import tick
from onrecord.duties.models import Beat
from onrecord.ledger.gateway.clock import now, playing
from onrecord.mailbox.queries import box
from onrecord.web.health import measured
from tests.partnership import START, Store
from tests.stages.mailbox.ground import told_by


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(days=3000)])
def test_nobody_reads_that_somebody_outside_was_told_while_nothing_looks(store: Store, ahead: timedelta) -> None:
    made = told_by(words="Asha Verne waits for me.")  # who works here, so that it is sealed
    tick(START, sign=False)
    Beat.objects.update(at=START + ahead)
    with playing(START + timedelta(days=20)):
        shown = box(made, now()).next
        assert shown is not None
        assert (shown.late, shown.outside, measured(now())["watch"]) == (True, False, "silent")
