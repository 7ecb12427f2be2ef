"""A reference page as plain values: made once, written as a file of the documentation and shown on the web."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """Rows of text under headings; every row as long as the headings."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """One thing that the page describes: a title, what is to be said about it, perhaps a table."""

    title: str
    said: tuple[tuple[str, str], ...] = ()
    """Label and text, in order; the text of an empty label stands as a sentence of its own."""
    table: Table | None = None


@dataclass(frozen=True)
class Page:
    """A whole page. `name` is that of its file and its address."""

    name: str
    title: str
    intro: tuple[str, ...]
    sections: tuple[Section, ...]


def markdown(page: Page) -> str:
    """The page as Markdown, ending in a newline. The same page gives the same text."""
    blocks = [f"# {page.title}", *page.intro]
    for section in page.sections:
        blocks.append(f"## {section.title}")
        blocks += [_plain(text) for label, text in section.said if not label]
        labelled = [f"- **{label}:** {_plain(text)}" for label, text in section.said if label]
        blocks += ["\n".join(labelled)] if labelled else []
        blocks += [_table(section.table)] if section.table and section.table.rows else []
    return "\n\n".join(blocks) + "\n"


def _table(table: Table) -> str:
    rows = [table.columns, tuple("---" for _ in table.columns), *table.rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in row)} |" for row in rows)


def _cell(text: str) -> str:
    return _plain(text).replace("|", "\\|")


def _plain(text: str) -> str:
    """Text in one line; what Markdown would take for a tag or for emphasis stands as it is."""
    return " ".join(text.split()).replace("<", "&lt;").replace("*", "\\*")
