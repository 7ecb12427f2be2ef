"""The catalogue of facts as pages: what may be said, why the law lets us keep it, and the columns of a file.

Made from the declarations alone, so that a page cannot say anything that the program does not do.
"""

from collections.abc import Iterable, Mapping

from onrecord.ledger.facts.declare import Door, Fact, Held
from onrecord.ledger.facts.kinds import Declined, Seconded
from onrecord.ledger.rules.page import Page, Section, Table
from onrecord.ledger.rules.shape import Part, Sort, csv_columns, parts

Kinds = Mapping[str, type[Fact]]

MADE = "This page is made from the code by `onrecord docs`. Do not edit it: change the declaration and make it again."
TYPES = {
    Sort.TEXT: "One line",
    Sort.WORDS: "Somebody's own words",
    Sort.WHOLE: "Whole number",
    Sort.DAY: "Date",
    Sort.CHOICE: "One of",
    Sort.CHOICES: "Any of",
    Sort.WHEN: "When: no earlier than, no later than, and the words it was said in",
}


def facts_page(kinds: Kinds, roles: Mapping[str, str], own: Mapping[str, str]) -> Page:
    """Every kind of fact, in the order of the flow.

    `roles` has the words of each role code; `own` says, by kind, who may say what has a door of its own.
    """
    intro = (
        "What may be recorded. A fact is never changed or removed: a later fact corrects or answers it.",
        "“Coded” answers may stand in read tables. Everything else stays sealed until somebody who may opens it.",
        "A part of a sentence in square brackets falls away when its field was not said.",
        MADE,
    )
    sections = tuple(_fact(made, own.get(made.kind) or who_may(made, roles)) for made in kinds.values())
    return Page("facts", "Facts", intro, sections)


def processing_page(kinds: Kinds) -> Page:
    """The processing record: for each field why it is held, on what basis, who sees it and for how long."""
    intro = (
        "The record of processing. Fields that are held on the same terms stand in one row.",
        "Legal basis and retention follow the partnership's own policy document. The words here are our proposal: "
        "a partnership's data protection officer has to agree to them before a real record begins.",
        MADE,
    )
    return Page("processing", "Processing record", intro, tuple(_processing(made) for made in kinds.values()))


def columns_page(kinds: Kinds) -> Page:
    """The columns of a file of each kind of fact."""
    intro = (
        "The columns in which facts of each kind are written in a file. A list shows its first row (`.0`); "
        "`.1`, `.2` and so on may follow. Several answers to one question are joined by a semicolon.",
        MADE,
    )
    sections = tuple(Section(_heading(made), (("", _named(csv_columns(made))),)) for made in kinds.values())
    return Page("columns", "File columns", intro, sections)


def who_may(made: type[Fact], roles: Mapping[str, str]) -> str:
    """Who may say a fact of this kind, in words."""
    if made.door is Door.MACHINE:
        return "The program itself, never a person directly"
    if made in (Seconded, Declined):
        return "A second person, of another agency than the one who proposed; never an administrator"
    if made.roles:
        return ", ".join(roles[role] for role in sorted(made.roles))
    return "Everybody with a role, except an administrator"


def typed(part: Part) -> str:
    """The type of a field in words, with the answers it allows."""
    if part.sort is Sort.ROWS:
        return f"List, each: {_inner(part.parts[0])}"
    if part.options:
        offered = part.options.offered
        answers = "; ".join(f"{words} (`{code}`)" for code, words in offered.items())
        ranked = ", from low to high" if part.options.ranked else ""
        return f"{TYPES[part.sort]}{ranked}: {answers}"
    return _inner(part)


def _inner(part: Part) -> str:
    if part.sort is Sort.SHAPE and part.shape:
        return f"{part.shape.__name__}: {', '.join(inner.label.split(',')[0].lower() for inner in part.parts)}"
    return TYPES[part.sort]


def _fact(made: type[Fact], sayers: str) -> Section:
    answers = "yes, so it can discharge a duty" if made.response else "no"
    said = (
        ("", (made.__doc__ or "").strip()),
        ("Who may say it", sayers),
        ("Is it an answer to something", answers),
        ("Reads as", made.sentence),
        ("Version", str(made.version)),
    )
    held = {name: record for name, _, _, record in made.fields()}
    rows = tuple(
        (
            f"`{part.name}`",
            part.label,
            typed(part),
            "yes" if part.needed else "no",
            "coded" if held[part.name].coded else "sealed",
        )
        for part in parts(made)
    )
    return Section(_heading(made), said, Table(("Field", "Asked as", "Type and answers", "Needed", "Kept"), rows))


def _processing(made: type[Fact]) -> Section:
    held: dict[Held, list[str]] = {}
    for name, _, _, record in made.fields():
        held.setdefault(record, []).append(name)
    columns = ("Fields", "Purpose", "Legal basis", "Special category", "Who sees it", "How long", "Kept")
    return Section(_heading(made), (), Table(columns, tuple(_row(names, one) for one, names in held.items())))


def _row(names: Iterable[str], held: Held) -> tuple[str, ...]:
    special, kept = "yes" if held.special else "no", "coded" if held.coded else "sealed"
    return _named(names), held.purpose, held.basis, special, held.seen_by, held.retained, kept


def _named(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _heading(made: type[Fact]) -> str:
    return f"{made.title} (`{made.kind}`)"
