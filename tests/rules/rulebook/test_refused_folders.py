"""A folder that cannot be used is refused whole, and the refusal says where, what, and what to do."""

from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
import yaml

from onrecord.rulebook.gateway import RulebookRefused, read, shipped

Said = dict[str, Any]
STORY: Said = {
    "name": "A story",
    "given": [{"kind": "post.letter_came", "at": "2026-11-16 12:00"}],
    "now": "2026-11-17 09:00",
    "expect": [{"occurrence": 1, "due": "2026-11-18 00:00", "state": "open"}],
}


def written(tmp_path: Path, said: Said, name: str = "answer-the-letter.yaml") -> Path:
    """A folder with the shipped calendar and one rule."""
    copytree(shipped(), tmp_path, dirs_exist_ok=True, ignore=lambda _, names: set(names) - {"calendar.yaml"})
    (tmp_path / name).write_text(yaml.safe_dump(said), encoding="utf-8")
    return tmp_path


def test_a_fit_rule_in_a_folder_is_read(tmp_path: Path, said: Said) -> None:
    assert [rule.id for rule in read(written(tmp_path, said)).rules] == ["answer-the-letter"]


@pytest.mark.parametrize(
    ("spoilt", "told"),
    [
        (
            {"within": [{"from": "2013-04-15", "term": {"working_days": 1}}]},
            "answer-the-letter.yaml: within[0]: 1 working day. Every value is cited or owned. "
            "Add a source, or `default: ours` and why.",
        ),
        (
            {"alarm": "loud"},
            "answer-the-letter.yaml: alarm: 'loud'. "
            "Input should be 'child_now', 'child_owed' or 'standard'. Mend this place.",
        ),
        (
            {"colour": "red"},
            "answer-the-letter.yaml: colour: 'red'. Extra inputs are not permitted. Mend this place.",
        ),
        (
            {"within": [{"from": "2013-04-15", "term": {"hours": 1, "days": 1}}]},
            "answer-the-letter.yaml: within[0].term: {'days': 1, 'hours': 1}. "
            "Give exactly one of working_days, days, hours, months or same_day. Mend this place.",
        ),
        (
            {"examples": [{**STORY, "now": "2026-11-20T09:00+00:00"}]},
            "answer-the-letter.yaml: examples[0].now: '2026-11-20T09:00+00:00'. "
            "Write the local time to the minute, without a zone, such as 2026-11-20 17:00. Mend this place.",
        ),
        (
            {"examples": [{**STORY, "now": "2026-11-20 09:00:30"}]},
            "answer-the-letter.yaml: examples[0].now: '2026-11-20 09:00:30'. "
            "Write the local time to the minute, without a zone, such as 2026-11-20 17:00. Mend this place.",
        ),
        (
            {"id": "another-name"},
            "answer-the-letter.yaml: id: another-name. A rule's file bears its id. "
            "Call it answer-the-letter, or rename the file.",
        ),
    ],
)
def test_a_refusal_names_the_file_the_place_the_value_and_what_to_do(
    tmp_path: Path, said: Said, spoilt: Said, told: str
) -> None:
    with pytest.raises(RulebookRefused) as refused:
        read(written(tmp_path, {**said, **spoilt}))
    assert str(refused.value) == f"The rulebook was refused.\n{told}"


def test_a_missing_source_part_is_told_as_nothing(tmp_path: Path, said: Said) -> None:
    del said["within"][0]["source"]["url"]
    with pytest.raises(RulebookRefused) as refused:
        read(written(tmp_path, said))
    assert [(fault.place, fault.value) for fault in refused.value.faults] == [
        ("answer-the-letter.yaml: within[0].source.url", "nothing")
    ]


@pytest.mark.parametrize("text", ["id: one\nid: two\n", "id: [", "id: 2026-13-45\n", "\x00", "- a\n- list\n"])
def test_a_file_that_is_no_rule_is_refused_and_named(tmp_path: Path, said: Said, text: str) -> None:
    folder = written(tmp_path, said)
    (folder / "broken.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RulebookRefused) as refused:
        read(folder)
    assert [fault.place.split(":")[0] for fault in refused.value.faults] == ["broken.yaml"]


def test_a_file_that_is_not_text_is_refused_and_named(tmp_path: Path, said: Said) -> None:
    folder = written(tmp_path, said)
    (folder / "broken.yaml").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(RulebookRefused) as refused:
        read(folder)
    assert [fault.place for fault in refused.value.faults] == ["broken.yaml"]


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path, said: Said) -> None:
    folder = written(tmp_path, {**said, "within": [], "ladder": []})
    (folder / "second.yaml").write_text(yaml.safe_dump({**said, "id": "second", "examples": []}), encoding="utf-8")
    with pytest.raises(RulebookRefused) as refused:
        read(folder)
    assert [fault.place for fault in refused.value.faults] == [
        "answer-the-letter.yaml: within",
        "answer-the-letter.yaml: ladder",
        "second.yaml: examples",
    ]


def test_a_folder_without_rules_or_calendar_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulebookRefused) as refused:
        read(tmp_path)
    assert [fault.place for fault in refused.value.faults] == ["calendar.yaml", tmp_path.name]


def test_words_that_yaml_takes_for_truth_stay_words(tmp_path: Path, said: Said) -> None:
    folder = written(tmp_path, said)
    path = folder / "answer-the-letter.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("- red", "- no\n    - on"), encoding="utf-8")
    assert read(folder).rules[0].opens.where == {"colour": ("no", "on")}


def test_true_is_still_true(tmp_path: Path, said: Said) -> None:
    today = [{"from": "2013-04-15", "term": {"same_day": True}, "default": "ours", "why": "Ours."}]
    term = read(written(tmp_path, {**said, "within": today})).rules[0].within[0].term
    assert term is not None
    assert term.said() == {"same_day": True}


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("Europe/London", "Europe/Lundon", "calendar.yaml: timezone"),
        ("last: 2060-12-31", "last: 2060-12-01", "calendar.yaml: the whole file"),
        ("last: 2060-12-31", "last: 1980-12-31", "calendar.yaml: the whole file"),
        ("- 1990-01-01", "- 1990-02-30", "calendar.yaml"),
    ],
)
def test_a_calendar_that_is_not_whole_is_refused(tmp_path: Path, said: Said, old: str, new: str, place: str) -> None:
    path = written(tmp_path, said) / "calendar.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(RulebookRefused) as refused:
        read(tmp_path)
    assert [fault.place for fault in refused.value.faults] == [place]
