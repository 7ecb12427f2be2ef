"""How what lists say is made comparable, as SQL: names, birth dates, postcodes, addresses and phones.

Nothing is thrown away of the lists themselves: these are copies to compare by, gone when the linking ends.
"""

from onrecord.linkage.rules.names import DOUBLED, PLACEHOLDERS, SOUNDS, VOWELS

BIRTHS = ("%Y-%m-%d", "%d/%m/%Y", "%Y-%m-%d %H:%M:%S", "%d-%m-%Y", "%d.%m.%Y", "%Y%m%d", "%d %b %Y", "%d %B %Y")
"""The ways in which a birth date may be written. A date with slashes is read as the British write it, day first."""
PARTICLES = "al|el|ul|abdul|abdel|abdal|abd|abu|umm|bin|ibn|mc|mac|o|de|da|di|du|la|le|van|von|der|st"
WAYS = {"rd": "road", "st": "street", "str": "street", "ave": "avenue", "av": "avenue", "ln": "lane", "cl": "close",
        "dr": "drive", "pl": "place", "ter": "terrace", "terr": "terrace", "cres": "crescent", "ct": "court",
        "gdns": "gardens", "gr": "grove", "sq": "square", "pk": "park"}  # fmt: skip


def _words(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _replaced(start: str, steps: tuple[tuple[str, str], ...]) -> str:
    for pattern, by in steps:
        start = f"regexp_replace({start}, {_words(pattern)}, {_words(by)}, 'g')"
    return start


FOLDED = "translate(lower(strip_accents({0})), 'łøđßıəžšč’', 'lodsiezsc''')"


def name(column: str) -> str:
    """A name in small plain letters, its parts apart; NULL for none, or for a word that means nobody knew."""
    folded = FOLDED.format(column)
    steps = (("['`.]", ""), ("[^a-z]+", " "), (rf"(^| )({PARTICLES}) ", "\\1\\2"))
    plain, other = f"trim({_replaced(folded, steps)})", f"trim(regexp_replace(lower({column}), '[^\\pL]+', ' ', 'g'))"
    said = f"coalesce(nullif({plain}, ''), nullif({other}, ''))"
    known = ", ".join(_words(word) for word in PLACEHOLDERS)
    return f"CASE WHEN replace({said}, ' ', '') NOT IN ({known}) THEN {said} END"


def sound(column: str) -> str:
    """A name by its sound: its consonants as they are heard, and the colour of its first vowel."""
    folded = _replaced(column, SOUNDS)
    bones = _replaced(folded, (("[aeiouy]", ""), *((f"{letter}{letter}+", letter) for letter in DOUBLED)))
    colours = " ".join(
        f"WHEN regexp_matches({folded}, {_words(pattern)}) THEN {_words(colour)}" for pattern, colour in VOWELS
    )
    begins = f"CASE WHEN regexp_matches({folded}, '^[aeiouy]') THEN '-' ELSE '' END"
    return f"nullif({begins} || {bones} || CASE {colours} ELSE '' END, '')"


def born(column: str) -> str:
    """A birth date, whichever way it was written; NULL where it is none."""
    ways = ", ".join(_words(way) for way in BIRTHS)
    return f"CAST(try_strptime(trim({column}), [{ways}]) AS DATE)"


def gender(column: str) -> str:
    """F or M, by word, letter or census code; NULL for everything else, which is held against nobody."""
    return (
        f"CASE lower(left(trim({column}), 1)) WHEN 'f' THEN 'F' WHEN 'g' THEN 'F' WHEN 'w' THEN 'F' WHEN '2' THEN 'F'"
        " WHEN 'm' THEN 'M' WHEN 'b' THEN 'M' WHEN '1' THEN 'M' END"
    )


def phone(column: str) -> str:
    """A phone in digits, British ones beginning with 0; NULL when there are too few to be one."""
    digits = _replaced(f"regexp_replace({column}, '[^0-9]', '', 'g')", (("^(00)?440?([1-9])", "0\\2"), ("^7", "07")))
    return f"CASE WHEN length({digits}) >= 7 THEN {digits} END"


def postcode(column: str) -> str:
    """A postcode in capitals without spaces; NULL where only the first half of a British one stands."""
    squeezed = f"upper(regexp_replace({column}, '[^A-Za-z0-9]', '', 'g'))"
    return f"CASE WHEN length({squeezed}) >= 5 OR regexp_full_match({squeezed}, '[0-9]{{3,}}') THEN {squeezed} END"


def area(column: str) -> str:
    """The first half of a postcode, or what comes nearest to it elsewhere."""
    squeezed = f"upper(regexp_replace({column}, '[^A-Za-z0-9]', '', 'g'))"
    short = f"CASE WHEN regexp_full_match({squeezed}, '[0-9]+') THEN left({squeezed}, 2) "
    short += f"WHEN length({squeezed}) < 5 THEN {squeezed} ELSE left({squeezed}, length({squeezed}) - 3) END"
    return f"nullif({short}, '')"


def street(column: str) -> str:
    """A street in small letters without spaces, its usual abbreviations written out, without a house number."""
    spaced = f"trim(regexp_replace(lower(strip_accents({column})), '[^a-z0-9]+', ' ', 'g'))"
    bare = f"regexp_replace({spaced}, '^((flat|apt|unit) )?[0-9]+[a-z]? ([0-9]+[a-z]? )?', '')"
    steps = tuple((f" {short}$", f" {full}") for short, full in WAYS.items())
    return f"nullif(replace({_replaced(bare, steps)}, ' ', ''), '')"


def house(number: str, road: str) -> str:
    """A house's number, its parts in order (flat 6, 51 as 51 Flat 6); from the street when it stands there."""
    begins = (
        f"regexp_extract(lower({road}), '^\\s*((?:flat|apt|unit)?\\s*[0-9]+[a-z]?(?:\\s*,\\s*[0-9]+[a-z]?)?)[\\s,]', 1)"
    )
    said = f"lower(coalesce(nullif(trim({number}), ''), nullif(trim({begins}), '')))"
    parts = f"string_split(trim(regexp_replace(regexp_replace({said}, '[^a-z0-9]+', ' ', 'g'),"
    parts += " '\\b(flat|apt|apartment|unit|studio|no|number|house|room)\\b', ' ', 'g')), ' ')"
    bare = f"list_transform(list_filter({parts}, lambda part: part <> ''), lambda part: ltrim(part, '0'))"
    return f"nullif(array_to_string(list_sort({bare}), '-'), '')"
