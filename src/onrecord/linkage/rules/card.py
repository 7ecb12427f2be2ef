"""The quality card of a model: what it learnt, what it cannot link, and what each threshold does, on one page."""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from onrecord.linkage.rules.fair import Tradition
from onrecord.linkage.rules.levels import COMPARISONS
from onrecord.linkage.rules.mixture import Weights
from onrecord.linkage.rules.model import Made, worth
from onrecord.linkage.rules.threshold import Expected

WIDE, ROW, MOST = 760, 18, 24.0
STYLE = (
    "body{font:16px/1.4 sans-serif;max-width:52rem;margin:1rem auto;padding:0 1rem;color:#0b0c0c}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;padding:.25rem .5rem;border-bottom:1px solid #b1b4b6}"
    "td.n,th.n{text-align:right}figure{margin:0;overflow-x:auto}svg{width:100%;min-width:36rem;height:auto}"
)


class Card(NamedTuple):
    """What a card shows. `unlinkable` is, for each weight, the share of records that could never reach it.

    `sized` is, for lists of other sizes, the threshold that they would have.
    """

    made: Made
    weights: Weights
    steps: Sequence[Expected]
    at: Expected
    unlinkable: Sequence[tuple[float, float]]
    sized: Sequence[tuple[int, Expected]]
    traditions: Sequence[Tradition] = ()


def page(card: Card) -> str:
    """The card as one HTML page, with nothing fetched from elsewhere."""
    made, at = card.made, card.at
    parts = [
        "<h1>Quality card of a linkage model</h1>",
        f"<p>Made on {made.at:%d %B %Y} of {made.records:,} records from {made.lists} lists. {made.pairs:,} pairs had "
        f"a key in common. About {card.weights.people:,.0f} of them are judged one person, about "
        f"{card.weights.households:,.0f} two people of one household.</p>",
        f"<p>Linked from weight {at.weight:g}. It was chosen without any truth: it is where the weights themselves "
        "expect the best balance, and never where a link is more likely wrong than right. Before records are grouped "
        f"they expect {at.precision:.1%} of the links to be right, and {at.recall:.1%} of what shares a key to be "
        "found.</p>",
        "<h2>What each agreement is worth</h2>",
        "<p>To the right it speaks for one person, to the left against. Dark: against two strangers. Light: against "
        "two people of one household. Each step doubles the odds.</p>",
        _weights_chart(card.weights),
        "<h2>Links by threshold</h2>",
        table(("Weight", "Links", "Expected right", "Expected found"), [_step(step) for step in card.steps[::2]]),
        "<h2>Thresholds by size</h2>",
        "<p>What these weights would choose, and expect, for lists of the same kind and of other sizes. The more "
        "records, the more strangers agree by chance: what is found at one size is not to be expected at another.</p>",
        table(("Records", "Linked from weight", "Links", "Expected right", "Expected found"), _sized(card.sized)),
        "<h2>Records that say too little</h2>",
        "<p>The share of records that could not reach a weight even against a copy of themselves.</p>",
        _curve(card.unlinkable),
        table(("Weight", "Cannot be linked"), [(f"{weight:g}", f"{share:.1%}") for weight, share in card.unlinkable]),
        *_fairness(card.traditions),
        "<p>No value of any record stands on this page or in the model.</p>",
    ]
    return framed("Linkage model: quality card", parts)


def framed(title: str, parts: Sequence[str]) -> str:
    """A page of its own, with nothing fetched from elsewhere."""
    head = f"<meta charset='utf-8'><meta name='viewport' content='width=device-width'><style>{STYLE}</style>"
    return f"<!doctype html><html lang='en'><head>{head}<title>{escape(title)}</title></head><body>" + (
        "\n".join(parts) + "</body></html>\n"
    )


def _fairness(found: Sequence[Tradition]) -> list[str]:
    if not found:
        return ["<h2>Fair to names</h2>", "<p>No truth was given, so it could not be measured by naming tradition.</p>"]
    rows = [(one.name, f"{one.pairs:,}", f"{one.precision:.1%}", f"{one.recall:.1%}") for one in found]
    return [
        "<h2>Fair to names</h2>",
        "<p>By naming tradition, told from the names alone. It says nothing of any person.</p>",
        table(("Naming tradition", "Pairs of one person", "Precision", "Recall"), rows),
    ]


def _sized(found: Sequence[tuple[int, Expected]]) -> list[tuple[str, ...]]:
    return [(f"{size:,}", *_step(at)) for size, at in found]


def _step(step: Expected) -> tuple[str, ...]:
    return f"{step.weight:g}", f"{step.links:,}", f"{step.precision:.1%}", f"{step.recall:.1%}"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows under their heads, numbers to the right."""
    top = "".join(
        f"<th scope='col'{'' if not place else ' class=n'}>{escape(head)}</th>" for place, head in enumerate(heads)
    )
    lines = (
        "".join(f"<td{'' if not place else ' class=n'}>{escape(cell)}</td>" for place, cell in enumerate(row))
        for row in rows
    )
    return f"<table><thead><tr>{top}</tr></thead><tbody>{''.join(f'<tr>{line}</tr>' for line in lines)}</tbody></table>"


def _weights_chart(weights: Weights) -> str:
    bars, at = [], 0
    for place, one in enumerate(COMPARISONS):
        for level, said in enumerate(one.levels):
            chance, kin = worth(weights, place, level)
            bars.append(_bar(at, chance, 2, "#1d4e89", said.words) + _bar(at, kin, 9, "#7fb3d5", ""))
            at += ROW
        at += ROW // 2
    return _svg(at, "Weights of each level of agreement", "".join(bars))


def _bar(at: int, weight: float, down: int, colour: str, words: str) -> str:
    middle, unit = 500, 250 / MOST
    long = min(abs(weight), MOST) * unit
    start = middle if weight >= 0 else middle - long
    label = f"<text x='0' y='{at + 13}' font-size='12'>{escape(words)}</text>" if words else ""
    told = f"<title>{weight:+.1f}</title>"
    return f"{label}<rect x='{start:.1f}' y='{at + down}' width='{long:.1f}' height='6' fill='{colour}'>{told}</rect>"


def _curve(points: Sequence[tuple[float, float]]) -> str:
    if not points:
        return ""
    low, high = points[0][0], points[-1][0]
    places = " ".join(
        f"{40 + (weight - low) / (high - low or 1) * (WIDE - 60):.1f},{150 - share * 130:.1f}"
        for weight, share in points
    )
    axis = f"<path d='M40 20V150H{WIDE - 20}' fill='none' stroke='#505a5f'/>"
    words = (
        f"<text x='0' y='24' font-size='12'>100%</text><text x='40' y='168' font-size='12'>{low:g}</text>"
        f"<text x='{WIDE - 40}' y='168' font-size='12'>{high:g}</text>"
    )
    line = f"<polyline points='{places}' fill='none' stroke='#1d4e89' stroke-width='2'/>"
    return _svg(176, "Share of records that cannot reach a weight", axis + words + line)


def _svg(high: int, title: str, inside: str) -> str:
    return (
        f"<figure tabindex='0'><svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDE} {high}' role='img'"
        f" aria-label='{escape(title)}'>"
        f"<title>{escape(title)}</title>{inside}</svg></figure>"
    )
