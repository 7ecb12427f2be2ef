"""The text of an HTML e-mail. Nothing is drawn, fetched or followed: what is not text is left out."""

import re
from html.parser import HTMLParser

UNSAID = frozenset({"head", "noscript", "script", "style", "svg", "template", "title"})
BREAKS = frozenset(
    {"article", "blockquote", "br", "dd", "div", "dl", "dt", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header"}
    | {"hr", "li", "ol", "p", "pre", "section", "table", "tr", "ul"}
)
CELLS = frozenset({"td", "th"})


class _Text(HTMLParser):
    """Gathers what a reader would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.unsaid = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSAID:
            self.unsaid += 1
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSAID and self.unsaid:
            self.unsaid -= 1
        self._part(tag)

    def handle_data(self, data: str) -> None:
        if not self.unsaid:
            self.said.append(re.sub(r"\s+", " ", data))

    def _part(self, tag: str) -> None:
        if tag in BREAKS:
            self.said.append("\n")
        elif tag in CELLS:
            self.said.append(" ")


def plain_text(markup: str) -> str:
    """The words of an HTML text, a line for each paragraph. A tag that never ends hides nothing: it is then kept."""
    reader = _Text()
    reader.feed(markup)
    reader.close()
    if reader.unsaid:  # a script or style that never ends would swallow the rest of what was written
        return _tidied(re.sub(r"<[^<>]*>", " ", markup))
    return _tidied("".join(reader.said))


def _tidied(text: str) -> str:
    lines = [re.sub(r"[ \t\u00a0]+", " ", line).strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
