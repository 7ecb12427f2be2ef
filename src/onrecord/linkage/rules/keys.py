"""The keys under which a mention is found, online. They bring a candidate to light and decide nothing."""

from collections.abc import Iterator

from onrecord.linkage.rules.mention import IDENTIFIERS, Mention, Name, name_of


def keys_of(said: Mention) -> Iterator[tuple[str, str]]:
    """The sort of each key and its text, to be hashed before it is stored."""
    yield from ((sort, number) for sort, number in zip(IDENTIFIERS, said.numbers, strict=True) if number)
    if said.phone:
        yield "phone", said.phone
    if said.born:
        yield "born", _born(said)
        if said.area:
            yield "born_area", f"{_born(said)} {said.area}"
    if said.family:
        yield from _family(said, said.family)
    for name in said.given:
        yield from _given(said, name)


def _family(said: Mention, family: Name) -> Iterator[tuple[str, str]]:
    if said.born:
        yield "born_family", f"{_born(said)} {family.key}"
    if said.postcode:
        yield "family_postcode", f"{family.key} {said.postcode}"
    if said.middle:
        yield from _names(said, name_of(said.middle.split()[0]).key, family.key)


def _given(said: Mention, name: Name) -> Iterator[tuple[str, str]]:
    if said.born:
        yield "born_given", f"{_born(said)} {name.key}"
    if said.postcode:
        yield "given_postcode", f"{name.key} {said.postcode}"
    if said.born and said.area:
        yield "given_year_area", f"{name.key} {said.born.year} {said.area}"
    if said.family:
        yield from _names(said, name.key, said.family.key)


def _names(said: Mention, *names: str) -> Iterator[tuple[str, str]]:
    """Both names in either order, alone and with what makes them rarer."""
    both = " ".join(sorted(names))
    yield "names", both
    if said.born:
        yield "names_year", f"{both} {said.born.year}"
    if said.area:
        yield "names_area", f"{both} {said.area}"


def _born(said: Mention) -> str:
    """A birth date that day and month exchanged does not change."""
    if said.born is None:
        return ""
    low, high = sorted((said.born.month, said.born.day))
    return f"{said.born.year}-{low}-{high}"
