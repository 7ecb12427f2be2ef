"""The watch alarms on change, on silence and on broken promises, keeps the evidence, and says when all is well."""

from pathlib import Path

import pytest

from onrecord_witness.home import Home
from onrecord_witness.judge import answer
from onrecord_witness.watch import Alarm, Plan, look, told
from tests.witness.logs import HOUR, NOW, STRANGER, asking, entries_of, note_of, trusting, written
from tests.witness.receipts import POLICY, PROMISE, cosigned, kept, receipt

FIVE, NINE = entries_of(5), entries_of(9)
DAY = 24 * HOUR


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return trusting(tmp_path / "witness", key=False)[0]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return written(tmp_path / "log", FIVE)


def plan(home: Home, log: Path, policy: bytes | None = None, receipts: Path | None = None) -> Plan:
    return Plan(home.logs()[0], str(log), 25 * HOUR, policy, receipts)


def codes(home: Home, made: Plan, now: int) -> list[str]:
    return [alarm.code for alarm in look(home, made, now)]


def test_all_is_well_while_the_log_grows(home: Home, log: Path) -> None:
    assert codes(home, plan(home, log), NOW) == []
    written(log, NINE)
    assert codes(home, plan(home, log), NOW + 20 * HOUR) == []
    assert codes(home, plan(home, log), NOW + 44 * HOUR) == []


def test_silence_is_an_alarm(home: Home, log: Path) -> None:
    look(home, plan(home, log), NOW)
    assert codes(home, plan(home, log), NOW + 25 * HOUR) == []
    found = look(home, plan(home, log), NOW + 25 * HOUR + 1)
    assert [(one.code, one.words[:8]) for one in found] == [("silent", "Silence:")]


def test_a_fresh_cosignature_breaks_the_silence(home: Home, log: Path) -> None:
    written(log, FIVE, cosigned(FIVE, NOW, "inspectorate", "scrutineer"))
    assert codes(home, plan(home, log, POLICY), NOW) == []
    written(log, FIVE, cosigned(FIVE, NOW + DAY, "inspectorate", "scrutineer"))
    assert codes(home, plan(home, log, POLICY), NOW + 48 * HOUR) == []
    assert codes(home, plan(home, log, POLICY), NOW + 50 * HOUR) == ["silent"]


@pytest.mark.parametrize("at", [NOW + 365 * DAY, 2**40, 2**63 - 1])
def test_a_cosignature_of_a_day_to_come_breaks_no_silence(at: int, home: Home, log: Path) -> None:
    written(log, FIVE, cosigned(FIVE, at, "inspectorate", "scrutineer"))
    assert codes(home, plan(home, log, POLICY), NOW) == ["ahead", "ahead"]
    assert codes(home, plan(home, log, POLICY), NOW + 26 * HOUR) == ["ahead", "ahead", "silent"]


def test_what_this_witness_signed_itself_breaks_the_silence(tmp_path: Path, log: Path) -> None:
    home, _ = trusting(tmp_path / "signing")
    answer(home, asking(FIVE, 0), NOW)
    written(log, FIVE, note_of(FIVE) + str(home.seen(home.logs()[0])[0].lines[-1]) + "\n")  # type: ignore[index]
    assert codes(home, plan(home, log), NOW + HOUR) == []
    answer(home, asking(FIVE, 5), NOW + DAY)
    assert codes(home, plan(home, log), NOW + DAY + 25 * HOUR) == []


def test_a_log_that_cannot_be_reached_is_an_alarm_and_silent_in_time(home: Home, log: Path) -> None:
    look(home, plan(home, log), NOW)
    (log / "checkpoint").rename(log / "gone")
    assert codes(home, plan(home, log), NOW + HOUR) == ["unreachable"]
    assert codes(home, plan(home, log), NOW + 26 * HOUR) == ["unreachable", "silent"]


def test_a_log_that_was_never_heard_is_silent(home: Home, tmp_path: Path) -> None:
    assert codes(home, plan(home, tmp_path / "nowhere"), NOW) == ["unreachable", "silent"]


def shown(home: Home, log: Path, entries: list[bytes], note: str = "") -> list[Alarm]:
    """What the watch says when a log that showed five entries shows these."""
    look(home, plan(home, log), NOW)
    written(log, entries, note)
    return look(home, plan(home, log), NOW + HOUR)


@pytest.mark.parametrize(
    ("entries", "code"),
    [(FIVE[:3], "rolled-back"), (entries_of(5, "other"), "fork"), (entries_of(9, "other"), "changed")],
)
def test_a_record_that_is_not_what_it_was(entries: list[bytes], code: str, home: Home, log: Path) -> None:
    (alarm,) = shown(home, log, entries)
    assert alarm.code == code
    assert alarm.evidence is not None
    both = [(alarm.evidence / name).read_text() for name in ("seen", "sent")]
    assert both == [note_of(FIVE), note_of(entries)]
    assert codes(home, plan(home, log), NOW + 2 * HOUR) == [code]  # until somebody has looked


def test_a_forged_checkpoint_is_an_alarm(home: Home, log: Path) -> None:
    (alarm,) = shown(home, log, NINE, note_of(NINE, STRANGER))
    assert (alarm.code, (alarm.evidence / "shown").read_text()) == ("forged", note_of(NINE, STRANGER))  # type: ignore[operator]


def test_a_forged_cosignature_is_an_alarm(home: Home, log: Path) -> None:
    wrong = cosigned(NINE, NOW, "scrutineer").rpartition("\n\n")[2].splitlines()[-1]
    written(log, FIVE, f"{note_of(FIVE)}{wrong}\n")
    assert codes(home, plan(home, log, POLICY), NOW) == ["forged"]


@pytest.mark.parametrize("how", ["bit", "lost"])
def test_files_that_do_not_fit_are_an_alarm(how: str, home: Home, log: Path) -> None:
    look(home, plan(home, log), NOW)
    tile = log / "tile/0/000.p/5"
    data = bytearray(tile.read_bytes())
    data[40] ^= 1
    tile.write_bytes(bytes(data)) if how == "bit" else tile.unlink()
    assert codes(home, plan(home, log), NOW) == ["damaged"]


def test_too_few_witnesses_are_an_alarm(home: Home, log: Path) -> None:
    written(log, FIVE, cosigned(FIVE, NOW, "scrutineer"))
    assert codes(home, plan(home, log, POLICY), NOW) == ["unwitnessed"]


def test_a_broken_promise_is_an_alarm(home: Home, log: Path, tmp_path: Path) -> None:
    both = ("inspectorate", "scrutineer")
    folder = tmp_path / "receipts"
    kept(folder, "kept", receipt(FIVE[1], promise=PROMISE))
    kept(folder, "lost", receipt(b"lost", promise=PROMISE))
    watched = plan(home, log, POLICY, folder)
    written(log, FIVE, cosigned(FIVE, NOW, *both))
    assert codes(home, watched, NOW + DAY) == []
    written(log, FIVE, cosigned(FIVE, NOW + DAY + 1, *both))
    (alarm,) = look(home, watched, NOW + DAY + 2)
    assert (alarm.code, alarm.words[:38], alarm.evidence) == (
        "broken",
        "lost: Promise broken: this is evidence",
        folder / "lost",
    )


def test_a_file_that_is_no_receipt_is_said(home: Home, log: Path, tmp_path: Path) -> None:
    kept(tmp_path / "receipts", "letter.txt", b"Dear all")
    kept(tmp_path / "receipts", "forged", receipt(FIVE[1], key=STRANGER))
    found = look(home, plan(home, log, None, tmp_path / "receipts"), NOW)
    assert [(one.code, one.words.partition(":")[0]) for one in found] == [
        ("receipt", "forged"),
        ("receipt", "letter.txt"),
    ]


def test_it_is_told_in_words_or_for_a_program(tmp_path: Path) -> None:
    alarms = [Alarm("silent", "Silence."), Alarm("fork", "Two differ.", tmp_path)]
    assert told([], as_json=False) == "All is well."
    assert told(alarms, as_json=False) == f"ALARM  Silence.\nALARM  Two differ. Kept: {tmp_path}"
    assert told(alarms[:1], as_json=True) == '{"alarms": [{"code": "silent", "words": "Silence.", "evidence": ""}]}'
