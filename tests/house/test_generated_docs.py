"""The documentation that is made from the code says what the code does, and what people wrote can be followed."""

import re
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from onrecord.cli.app import app
from onrecord.cli.docs import FOLDER, texts
from onrecord.cli.founding import Plan
from onrecord.ledger.gateway.registry import catalogue
from onrecord.rulebook.gateway import RulebookRefused, read, shipped

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
BY_HAND = [path for path in WRITTEN if path.parent != FOLDER]
LONGEST = 200


def words_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_every_generated_page_stands_as_it_would_be_made_today() -> None:
    standing = {path.name: words_of(path) for path in FOLDER.glob("*.md")}
    assert standing == texts(), "Run `./onrecord docs` and look at the difference."


def test_check_says_nothing_is_different_and_changes_nothing() -> None:
    done = CliRunner().invoke(app, ["docs", "--check"])
    assert (done.exit_code, done.output) == (0, "The pages say what the code does.\n")


def test_check_refuses_a_page_that_somebody_changed(tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["docs", "--folder", str(tmp_path)]).exit_code == 0
    page = tmp_path / "duties.md"
    page.write_text(words_of(page).replace("45 working days", "90 working days"))
    done = CliRunner().invoke(app, ["docs", "--check", "--folder", str(tmp_path)])
    assert done.exit_code == 1
    assert "+- **Limit:** 45 working days" in done.output
    assert "90 working days" in words_of(page)


def test_a_rulebook_that_is_refused_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: Path) -> None:
        raise RulebookRefused([])

    monkeypatch.setattr("onrecord.cli.docs.read", refused)
    done = CliRunner().invoke(app, ["docs", "--check"])
    assert (done.exit_code, done.output) == (1, "The rulebook was refused.\n")


@pytest.mark.parametrize("name", ["facts.md", "processing.md", "columns.md"])
def test_every_kind_of_fact_has_a_section(name: str) -> None:
    headings = re.findall(r"^## .*\(`([a-z_.]+)`\)$", texts()[name], re.MULTILINE)
    assert headings == list(catalogue())


def test_every_rule_has_a_section_and_says_where_its_limit_comes_from() -> None:
    sections = texts()["duties.md"].split("\n## ")[1:]
    assert len(sections) == len(read(shipped()).rules)
    sure = ("Read in a public copy", "One area's procedure", "Nobody has checked", "Our own default")
    unsure = [section.splitlines()[0] for section in sections if not any(words in section for words in sure)]
    assert unsure == []


def test_every_field_is_in_the_processing_record_of_its_kind() -> None:
    sections = texts()["processing.md"].split("\n## ")[1:]
    held = {kind: sorted(name for name, *_ in made.fields()) for kind, made in catalogue().items()}
    rows = {kind: re.findall(r"^\| (`.*?`) \|", text, re.MULTILINE) for kind, text in zip(held, sections, strict=True)}
    assert {kind: sorted(re.findall(r"`(\w+)`", " ".join(found))) for kind, found in rows.items()} == held


def test_the_founding_file_in_the_guide_is_a_plan() -> None:
    guide = words_of(ROOT / "docs/guides/operator.md")
    (example,) = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    plan = Plan.model_validate(yaml.safe_load(example))
    assert {agency.sort for agency in plan.agencies} >= {"childrens_social_care", "outside", "partnership"}


def test_the_guide_names_every_variable_and_no_other() -> None:
    source = "".join(words_of(path) for path in (ROOT / "src/onrecord").rglob("*.py"))
    read_there = set(re.findall(r'"(ONRECORD_[A-Z_]+)"', source))
    listed = set(re.findall(r"^\| `(ONRECORD_[A-Z_]+)` \|", words_of(ROOT / "docs/guides/operator.md"), re.MULTILINE))
    assert listed == read_there


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", words_of(path))
    lost = [link for link in links if "://" not in link and not (path.parent / link).exists()]
    assert lost == []


@pytest.mark.parametrize("path", BY_HAND, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_path_of_the_code_that_is_named_exists(path: Path) -> None:
    named = set(re.findall(r"`((?:src|tests|assets|docs|\.ci)/[\w./-]+)`", words_of(path)))
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("path", BY_HAND, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_people_wrote_is_short_enough_to_read(path: Path) -> None:
    assert len(words_of(path).splitlines()) <= LONGEST
