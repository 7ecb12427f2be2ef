"""Every attack of the threat table is caught by what the table says, and by nothing else."""

import os
from pathlib import Path

import pytest

from onrecord.cli.ills import ills
from onrecord.ledger.actions import Frozen, checkpoint, verify
from onrecord.ledger.gateway import keys
from onrecord.ledger.gateway.clock import playing
from tests.tamper import attacks, attacks_beside, attacks_signing
from tests.tamper.case import Attack, Case
from tests.tamper.conftest import LATER, Outside
from tests.tamper.expected import CAUGHT
from tests.tamper.table import Caught, written

ATTACKS = (*attacks.ATTACKS, *attacks_beside.ATTACKS, *attacks_signing.ATTACKS)
PAGE = Path(__file__).resolve().parents[2] / "docs" / "tampering.md"
DOCTOR = ("Guards against change", "The key ")
"""How the doctor begins what it says of this: it repeats besides that signing is frozen."""


def carried_out(attack: Attack, case: Case, outside: Outside) -> Caught:
    """Do it, then look with everything there is."""
    with playing(LATER):
        attack.act(case)
        for cached in (keys._key, keys._cipher, keys._read):
            cached.cache_clear()  # a program that is started afterwards reads the key files anew
        found = tuple(check.number for check in verify(attack.ledger) if check.faults)
        shown, said = outside.shows(), any(words.startswith(DOCTOR) for words in ills())
        try:
            checkpoint(attack.ledger)
        except Frozen:
            return Caught(found, freezes=True, receipt=shown, doctor=said)
        return Caught(found, receipt=shown, witness=outside.refuses(attack.ledger), doctor=said)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.act.__name__)
def test_an_attack_is_caught_by_what_the_table_says(attack: Attack, case: Case, outside: Outside) -> None:
    found = carried_out(attack, case, outside)
    if target := os.environ.get("ONRECORD_TAMPER_PRINT"):
        with Path(target).open("a") as file:
            file.write(f'    "{attack.act.__name__}": {found!r},\n')
        return
    assert found == CAUGHT[attack.act.__name__]


def test_a_record_that_nobody_touched_has_no_fault(case: Case, outside: Outside) -> None:
    assert carried_out(Attack("Nothing", "nothing", lambda case: None), case, outside) == Caught()


def test_the_page_is_what_the_run_found() -> None:
    rows = [(attack.name, attack.holding, CAUGHT[attack.act.__name__]) for attack in ATTACKS]
    assert PAGE.read_text(encoding="utf-8") == written(rows)


def test_one_attack_alone_is_caught_by_nothing() -> None:
    """The witness has its signature still, and gives it again at the next checkpoint."""
    assert [name for name, caught in CAUGHT.items() if caught == Caught()] == ["cosignature_removed"]
