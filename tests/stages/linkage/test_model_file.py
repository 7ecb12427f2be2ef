"""The model that weighs online: one versioned file, a card beside it, no value of any record, fair to names."""

import json
import re

from benchmarks.people_made import population
from onrecord.linkage.gateway import scales
from onrecord.linkage.gateway.model import MODELS, VERSION, model_file
from onrecord.linkage.rules.fair import FORMS, OTHER, WIDEST

MODEL = json.loads(model_file(VERSION).read_text(encoding="utf-8"))
CARD = model_file(VERSION).with_name(f"model-{VERSION}.card.html").read_text(encoding="utf-8")


def test_only_the_model_in_use_and_its_card_are_shipped() -> None:
    assert {path.name for path in MODELS.iterdir()} == {f"model-{VERSION}.json", f"model-{VERSION}.card.html"}
    assert scales().version == VERSION


def test_it_weighs_as_the_file_says() -> None:
    for place, one in enumerate(MODEL["comparisons"]):
        said = [(level["against_strangers"], level["against_household"]) for level in one["levels"]]
        ours = zip(scales().strangers[place], scales().household[place], strict=True)
        assert [(round(first, 3), round(second, 3)) for first, second in ours] == [*said, (0.0, 0.0)]


def test_it_serves_every_naming_tradition_alike() -> None:
    share = r"<td class=n>([\d.]+)%</td>"
    rows = re.findall(rf"<td>([A-Z][A-Za-z ]+)</td><td class=n>[\d,]+</td>{share}{share}", CARD)
    assert [row[0] for row in rows] == [*FORMS, OTHER]
    for column in (1, 2):
        shares = [float(row[column]) / 100 for row in rows]
        assert max(shares) - min(shares) <= WIDEST


def test_neither_file_holds_a_name_or_a_number_of_anybody() -> None:
    cells = [one.cells for one in population(2_000)]
    names = {row[place].casefold() for row in cells for place in (2, 4, 10) if row[place]}
    words = set(re.findall(r"[a-z0-9+']{3,}", (json.dumps(MODEL) + CARD).casefold()))
    assert len(names) > 1_000
    assert words & names == {"max"}, "as in max-width, of the style sheet"
