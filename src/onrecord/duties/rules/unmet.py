"""Why something that was recorded does not meet a duty that it names, in words. Pure."""

from datetime import date

from onrecord.access.facts import SORTS
from onrecord.duties.rules.since import is_further
from onrecord.ledger.rules.effect import Line
from onrecord.rulebook.facts import Match, Rule, Together
from onrecord.rulebook.rules import matches, sorts_there, took_part

UNVOUCHED = (
    "no other agency that took part has said yet that it is so, or one says that it is not; until then it ends nothing"
)
ALONE = "nobody of another agency agreed to it"
EARLY = "it was recorded before this was owed, by an agency that does not owe it"
SAID_BEFORE = "it says again what was recorded before, or what was done before that"


def means(rule: Rule, line: Line) -> list[Match]:
    """The answers of a rule that a fact would be by its kind and codes, whoever took part and whoever agreed."""
    asked = [match.model_copy(update={"together": None}) for match in rule.discharged_by]
    found = zip(rule.discharged_by, asked, strict=True)
    return [match for match, plain in found if matches(plain, line.kind, line.coded, "in_effect")]


def why_not(rule: Rule, line: Line, local: date, first: date, before: Line | None) -> str:
    """Why a fact does not meet a duty: who was not there, who did not agree, or when it was; "" where it does.

    `local` is the day on which it happened, `first` the first on which it could have; `before` is the last answer.
    """
    wanted = means(rule, line)
    if not wanted:
        return ""
    if absent := [words for match in wanted if (words := _absent(match.together, line))]:
        return absent[0] if len(absent) == len(wanted) else ""
    if all(match.by_two and not line.proposed for match in wanted):
        return ALONE
    if local < first:
        return f"it was before {first:%-d %B %Y}, the first day on which it could"
    if not is_further(line, before):
        return SAID_BEFORE
    return UNVOUCHED if all(match.vouched for match in wanted) else ""


def _absent(wanted: Together | None, line: Line) -> str:
    """Who did not take part; "" where everybody did who has to."""
    if wanted is None or took_part(wanted, line.coded):
        return ""
    there = sorts_there(wanted, line.coded)
    named = [SORTS.words[code] for code in wanted.all_of if code not in there]
    if named:
        return f"{' and '.join(filter(None, [', '.join(named[:-1]), named[-1]]))} did not take part"
    return f"fewer than {wanted.at_least} sorts of agency took part"
