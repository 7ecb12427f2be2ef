"""The rulebook as a page: what is owed, within what time, by what source, and to whom it climbs."""

import re
from collections.abc import Mapping, Sequence

from onrecord.access.facts import ROLES, SORTS
from onrecord.duties.rules.spoken import checked, sourced
from onrecord.ledger.facts import Fact
from onrecord.ledger.rules.catalogue_page import MADE
from onrecord.ledger.rules.page import Page, Section, Table
from onrecord.rulebook.facts import ANY, NAMED, OWING, RECORDING, Match, Rule, Rulebook, Seat, Term, Together, Value
from onrecord.rulebook.rules import naming, spoken, spoken_start

Kinds = Mapping[str, type[Fact]]

KIND = re.compile(r"\b[a-z]+\.[a-z_]+\b")
ALARMS = {
    "child_now": "Child now: each step is taken singly, day and night",
    "child_owed": "Child owed: inside one by one; it leaves singly when a second duty to the same child is missed, "
    "else with the Monday digest",
    "standard": "Standard: inside one by one; it leaves with the Monday digest",
}
CLOCKS = {
    "recorded": "from the moment the fact was recorded",
    "happened": "from the moment it happened",
    "regarded": "from the moment the fact that it answers was recorded",
    "first": "from when the first was recorded of those that opened the same, each in the place of the one before",
}


def duties_page(rulebook: Rulebook, kinds: Kinds) -> Page:
    """Every rule of an edition, in the order of their ids."""
    intro = (
        "What is owed, by the edition of the rulebook that comes with this version. A partnership adopts editions; "
        "`onrecord rulebook show` says which one is in force.",
        "A limit marked as our own default is not law. A source is marked by how sure we are of it. The text of "
        "Working Together 2026 was not obtained.",
        f"Edition `{rulebook.digest}`.",
        MADE,
    )
    return Page("duties", "Duties", intro, tuple(_rule(rule, kinds) for rule in rulebook.rules))


def _rule(rule: Rule, kinds: Kinds) -> Section:
    said = [("", rule.meaning), ("Arises from", match_in_words(rule.opens, kinds))]
    said.append(("Owed by", seat_in_words(rule.owed_by)))
    said += [("Limit", f"{_limit(value)}, {CLOCKS[rule.clock]}. {_sure(value)}") for value in rule.within]
    if rule.until:
        said.append(("Sooner", f"by {until_in_words(rule, kinds)}, where that comes first"))
    said.append(("Answered only by", either_in_words(rule.discharged_by, kinds)))
    said.append(("Done", early_in_words(rule)))
    if rule.repeats:
        said += [("Comes back", f"{_limit(value)} after each answer. {_sure(value)}") for value in rule.repeats.every]
        said.append(("Ended by", either_in_words(rule.repeats.ended_by, kinds)))
    if rule.challenge:
        by = match_in_words(rule.challenge.by, kinds)
        said += [("Set aside", f"by {by}, within {_limit(value)}. {_sure(value)}") for value in rule.challenge.within]
    said.append(("Alarm", ALARMS[rule.alarm]))
    if rule.rows:
        said.append(("Rows of the failure list", ", ".join(map(str, rule.rows))))
    said.append(("Worked examples", "; ".join(example.name for example in rule.examples)))
    return Section(f"{rule.title} (`{rule.id}`)", tuple(said), _ladder(rule))


def until_in_words(rule: Rule, kinds: Kinds) -> str:
    """The day that a fact may name, and the grace after it; "" where the rule waits for no day."""
    if rule.until is None:
        return ""
    fields = (field for kind in naming(rule) for field in kinds[kind].fields())
    day = f"the day in “{next(said.label for name, _, said, _ in fields if name == rule.until)}”"
    return f"{spoken(rule.grace)} after {day}" if rule.grace else f"the end of {day}"


def _ladder(rule: Rule) -> Table:
    rows = ((_after(rung.after), seat_in_words(rung.to)) for rung in rule.ladder)
    numbered = tuple((str(number), *row) for number, row in enumerate(rows, start=1))
    return Table(("Step", "If not met", "Who is told"), numbered)


def _after(term: Term) -> str:
    return "at once" if term.hours == 0 else f"{spoken(term)} after it fell due"


def seat_in_words(seat: Seat) -> str:
    """A seat: the role, and of which agency."""
    agencies = {
        NAMED: "the agency that is named",
        OWING: "the agency that owes",
        RECORDING: "the agency that recorded it",
        "outside": "an outside body",
    }
    return f"{ROLES.words[seat.role]}, {agencies.get(seat.of) or SORTS.words[seat.of].lower()}"


def match_in_words(match: Match, kinds: Kinds) -> str:
    """Which facts are meant, with their codes in words."""
    made = None if match.kind == ANY else kinds[match.kind]
    named = f"“{made.title}” (`{match.kind}`)" if made else "any fact"
    conditions = [f"{name} {_codes(made, name, codes)}" for name, codes in match.where.items()]
    conditions += [f"{name} not {_codes(made, name, codes)}" for name, codes in match.unless.items()]
    waiting = " that waits for a second signature" if match.standing == "proposed" else ""
    waiting += " that a second person agreed to" if match.by_two else ""
    vouched = ", once another agency that took part has said that it is so" if match.vouched else ""
    together = f", with {together_in_words(match.together)}" if match.together else ""
    return f"{named}{waiting}{', where ' + ' and '.join(conditions) if conditions else ''}{together}{vouched}"


def together_in_words(wanted: Together) -> str:
    """The sorts of agency that have to take part, and how many."""
    named = [SORTS.words[code] for code in wanted.all_of]
    said = " and ".join([", ".join(named[:-1]), *named[-1:]] if len(named) > 1 else named)
    if wanted.at_least <= len(named):
        return f"{said} taking part"
    return f"{wanted.at_least} sorts of agency taking part{', among them ' + said if said else ''}"


def early_in_words(rule: Rule) -> str:
    """From when on a step may have been taken that answers it."""
    if rule.early is None:
        return "on the day on which it arose, or later"
    return f"up to {spoken(rule.early)} before it arose, or later"


def _codes(made: type[Fact] | None, name: str, codes: Sequence[str]) -> str:
    options = made.options(name) if made else None
    return " or ".join(f"“{options.words[code]}”" if options else code for code in codes)


def kinds_in_words(text: str, kinds: Kinds) -> str:
    """A text with the title of each kind of fact that it names by its code."""
    return KIND.sub(lambda found: f"“{kinds[found[0]].title}”" if found[0] in kinds else found[0], text)


def either_in_words(matches: Sequence[Match], kinds: Kinds) -> str:
    """Facts of which any one will do."""
    return "; or ".join(match_in_words(match, kinds) for match in matches)


def _limit(value: Value) -> str:
    return f"{spoken(value.term)} (since {spoken_start(value.start)})"


def _sure(value: Value) -> str:
    seen = checked(value)
    return f"{sourced(value)} Looked at on {seen}." if seen else sourced(value)
