"""Following every link of every page that somebody can reach, without a screen."""

import re
from collections.abc import Iterator
from typing import Any

from django.test import Client
from lxml import html

ID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
GAP = re.compile(rf"{ID}|(?<=^/catalogue/).*|(?<=^/rulebook/rules/).*")
ALIKE = 2
"""How many pages of one sort are opened for each role: reports, duties, children's files, reference pages."""
NO_PAGE = ("/api/", "/originals/", "/health", "/static/")


def walk(client: Client, first: str = "/duties") -> dict[str, Any]:
    """Every page that can be reached from the first by links, by its address: what was answered."""
    waiting, found, alike = [first, "/"], {}, {"": 0}
    while waiting:
        path = waiting.pop(0)
        if path in found:
            continue
        found[path] = client.get(path, follow=path == "/")
        for link in links(found[path]):
            sort = GAP.sub("*", link)
            if link not in (*found, *waiting) and alike.get(sort, 0) < ALIKE:
                alike[sort] = alike.get(sort, 0) + 1
                waiting.append(link)
    return found


def links(page: Any) -> list[str]:
    """Where a page leads inside OnRecord, without what only fetches a file."""
    found = html.document_fromstring(page.content).xpath("//a[@href and not(@download)]/@href")
    here = (link.partition("#")[0].partition("?")[0] for link in found if link.startswith("/"))
    return [link for link in here if link and not link.startswith(NO_PAGE) and not link.endswith(".txt")]


def shape(page: Any) -> str:
    """What a page is built of, without its words and ids; the same piece many times over counts as once."""
    (main,) = html.document_fromstring(page.content).xpath("//main")
    return _shape(main)


def _shape(part: Any) -> str:
    told = (f"{name}={part.get(name)}" for name in ("class", "role", "type", "open") if part.get(name) is not None)
    inside = dict.fromkeys(_pieces(part))
    return f"<{part.tag} {' '.join(told)}>{''.join(inside)}</>"


def _pieces(part: Any) -> Iterator[str]:
    return (_shape(child) for child in part if isinstance(child.tag, str))
