"""Editions are only added, found by their digest, and refused when they are not what it promises."""

from collections.abc import Callable, Iterator

import pytest

from onrecord.rulebook.actions import keep_edition
from onrecord.rulebook.facts import Calendar, Rule, Rulebook
from onrecord.rulebook.gateway import RulebookRefused, freeze
from onrecord.rulebook.gateway.frozen import sealed
from onrecord.rulebook.models import Edition
from onrecord.rulebook.queries import NoSuchEdition, edition

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    """Start each test as a new process would, with nothing thawed."""
    edition.cache_clear()
    yield
    edition.cache_clear()


@pytest.fixture
def small(spoil: Callable[..., Rule], few_days: Calendar) -> Rulebook:
    """A rulebook of one rule."""
    return sealed((spoil(),), few_days)


def test_a_kept_edition_is_found_by_its_digest(small: Rulebook) -> None:
    assert keep_edition(small) == small.digest
    assert edition(small.digest) == small


def test_keeping_twice_keeps_one(small: Rulebook) -> None:
    keep_edition(small)
    keep_edition(small)
    kept = Edition.objects.filter(digest=small.digest)
    assert list(kept.values_list("digest", "text")) == [(small.digest, freeze(small))]


def test_an_edition_is_thawed_once(small: Rulebook, django_assert_num_queries: Callable[[int], object]) -> None:
    keep_edition(small)
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        assert edition(small.digest) is edition(small.digest)


def test_an_edition_that_was_never_kept_is_not_invented(small: Rulebook) -> None:
    with pytest.raises(NoSuchEdition, match=small.digest):
        edition(small.digest)


def test_a_kept_text_that_was_changed_is_refused(small: Rulebook) -> None:
    keep_edition(small)
    Edition.objects.filter(digest=small.digest).update(text=freeze(small).replace("red", "blue"))
    with pytest.raises(RulebookRefused, match="is what its digest promises"):
        edition(small.digest)


def test_keeping_an_edition_never_changes_one_that_is_kept(small: Rulebook) -> None:
    Edition.objects.create(digest=small.digest, text="as it stands")
    keep_edition(small)
    assert Edition.objects.get(digest=small.digest).text == "as it stands"
