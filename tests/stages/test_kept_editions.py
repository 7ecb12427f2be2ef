"""An edition whose kept text was changed or is gone: the one that ships stands in if it is the same, and it is said."""

import pytest

from onrecord.cli.ills import ills
from onrecord.duties.queries import rulebook_in_force
from onrecord.rulebook.gateway import RulebookRefused, read, shipped
from onrecord.rulebook.models import Edition
from onrecord.rulebook.queries import NoSuchEdition, damaged_editions, edition
from tests.partnership import START, Store


@pytest.fixture(autouse=True)
def thawed_anew() -> None:
    edition.cache_clear()


@pytest.mark.parametrize("text", [None, "", "{}"])
def test_the_edition_in_force_outlives_its_row(text: str | None, store: Store) -> None:
    law = read(shipped())
    rows = Edition.objects.filter(digest=law.digest)
    rows.delete() if text is None else rows.update(text=text)
    assert (rulebook_in_force(START), damaged_editions([law.digest])) == (law, [law.digest])
    assert [ill for ill in ills() if law.digest[:12] in ill] != []


def test_an_edition_that_is_whole_is_no_ill(store: Store) -> None:
    law = read(shipped())
    assert (damaged_editions([law.digest]), [ill for ill in ills() if "edition" in ill]) == ([], [])


def test_an_edition_that_nobody_ships_is_refused_in_words(store: Store) -> None:
    Edition.objects.create(digest="0" * 64, text="{}")
    with pytest.raises(RulebookRefused):
        edition("0" * 64)
    with pytest.raises(NoSuchEdition):
        edition("1" * 64)
