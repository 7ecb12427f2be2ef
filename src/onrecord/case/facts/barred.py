"""Whether words name somebody who must not know: read without case, spaces and accents, and generously.

Who is refused wrongly gives a full name; who is let through wrongly may reach the person a child is afraid of. So part
of a name counts as the name, unless both are full names and differ.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

WORD = re.compile(r"[^\W_]+")
SMALL = frozenset(
    WORD.findall(
        "a about an and any anybody anyone are at be by can do does find for from has have he hear her hers him his i"
        " if in is it its know may me miss mr mrs ms dr must my never nobody none not of on only or our out please she"
        " should sir that the their them they this to us we who whoever with you your"
    )
)
"""Words that name nobody, and titles."""
RELATIONS = frozenset(
    WORD.findall(
        "aunt auntie boyfriend brother carer cousin dad daddy driver ex family father foster friend gran grandad"
        " grandfather grandma grandmother guardian girlfriend husband landlord mother mum mummy nan neighbour nephew"
        " niece parent parents partner sister son step stepbrother stepdad stepfather stepmother stepmum stepsister"
        " teacher uncle wife worker"
    )
)
"""What somebody is to the child: it stands for a name where there is none."""
SILENT = re.compile(r"['’‘`´ʼ]")
UNSEEN = frozenset({"Mn", "Cf"})
LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
PARTS = re.compile(r"[,;:.!?()/\n]|\b(?:and|or|nor)\b", re.IGNORECASE)
TYPED_SMALL = 2
"""Of how many words, at most, a name may be that is typed without capital letters."""
PIECES = 3
"""Over how many words, at most, one word of a name may be spread by spaces."""


class Word(NamedTuple):
    """A word without case and accents; whether it began with a capital, and stands right after the one before it."""

    plain: str
    capital: bool
    joined: bool

    @property
    def names(self) -> bool:
        """Whether it looks like part of a name."""
        return self.capital and self.plain not in SMALL | RELATIONS


class Barred(NamedTuple):
    """Somebody who must not know: the words of the name, and what they are to the child."""

    name: tuple[str, ...]
    relation: tuple[str, ...]


def barred(said: Sequence[str], free: Iterable[str] = ()) -> list[Barred]:
    """Everybody named in a list of people, and in free words, where only what looks like a name counts as one."""
    listed = [_one(part) for line in said for part in PARTS.split(line)]
    loose = [one for text in free for part in PARTS.split(text) for one in _loose(words_of(part))]
    return [one for one in (*listed, *loose) if one.name or one.relation]


def names(people: Iterable[Barred], said: str | None) -> bool:
    """Whether these words name one of these people."""
    words = words_of(said or "")
    return any(_named(one, words) or _related(one, words) for one in people)


def words_of(text: str) -> list[Word]:
    """The words of a text, in order."""
    found, end = [], -1
    plain = SILENT.sub("", unicodedata.normalize("NFKC", text))
    for match in WORD.finditer(plain):
        near = end >= 0 and not plain[end : match.start()].strip(" -\u00a0\t")
        found.append(Word(_folded(match.group()), match.group()[0].isupper(), near))
        end = match.end()
    return found


def _folded(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word.casefold().translate(LETTERS))
    return "".join(sign for sign in apart if unicodedata.category(sign) not in UNSEEN)


def _one(part: str) -> Barred:
    """Who is meant by one of a list: a name, with capitals or without, or what they are to the child."""
    words = words_of(part)
    relation = tuple(word.plain for word in words if word.plain in RELATIONS)
    name = [word.plain for word in words if word.names]
    if not name:
        rest = [word.plain for word in words if word.plain not in SMALL | RELATIONS]
        name = rest if len(rest) <= TYPED_SMALL and not _described(words) else []
    return Barred(tuple(name), relation)


def _described(words: Sequence[Word]) -> bool:
    """Whether a relation is described further ("the driver of the red car"), and not named."""
    related = next((at for at, word in enumerate(words) if word.plain in RELATIONS), len(words))
    return any(word.plain in SMALL for word in words[related:])


def _loose(words: Sequence[Word]) -> Iterator[Barred]:
    """Who is meant in free words: whoever is named with a capital; and a relation, where nothing else is said."""
    run: list[str] = []
    for word in words:
        if run and not (word.names and word.joined):
            yield Barred(tuple(run), ())
            run = []
        run += [word.plain] if word.names else []
    yield Barred(tuple(run), ())
    if all(word.plain in SMALL | RELATIONS for word in words):
        yield Barred((), tuple(word.plain for word in words if word.plain in RELATIONS))


def _named(one: Barred, words: Sequence[Word]) -> bool:
    """Whether part of the name stands there, unless there it is part of another full name."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + PIECES, len(words)) + 1):
            whole = "".join(word.plain for word in words[start:end])
            if whole == "".join(one.name) != "":
                return True
            if whole in one.name and not _another(one, whole, words, start, end):
                return True
    return False


def _another(one: Barred, whole: str, words: Sequence[Word], start: int, end: int) -> bool:
    """Whether both are full names, and differ."""
    full = {whole, *_before(words, start), *_after(words, end)}
    mine = set(one.name)
    return len(mine) > 1 and len(full) > 1 and not (mine <= full or full <= mine)


def _before(words: Sequence[Word], start: int) -> Iterator[str]:
    while start > 0 and words[start].joined and words[start - 1].names:
        start -= 1
        yield words[start].plain


def _after(words: Sequence[Word], end: int) -> Iterator[str]:
    while end < len(words) and words[end].joined and words[end].names:
        yield words[end].plain
        end += 1


def _related(one: Barred, words: Sequence[Word]) -> bool:
    """Whether only what they are to the child is said, and it is the same."""
    if not one.relation or (one.name and any(word.names for word in words)):
        return False
    said = [word.plain for word in words if word.plain in RELATIONS]
    size = len(one.relation)
    return any(tuple(said[at : at + size]) == one.relation for at in range(len(said) - size + 1))
