"""What would change if another rulebook were adopted, in plain words."""

from collections.abc import Iterator

from onrecord.rulebook.facts import Calendar, Change, Rule, Rulebook, Term
from onrecord.rulebook.rules.spoken import (
    spoken,
    spoken_ladder,
    spoken_many,
    spoken_match,
    spoken_seat,
    spoken_start,
    spoken_values,
)

NONE = "none"
TEXTS = {
    "until": "The day named in the fact that can bring it nearer was: {old}; it is now: {new}.",
    "alarm": "The alarm class was {old} and is now {new}.",
    "grace": "The time after that day was: {old}; it is now: {new}.",
    "early": "How long before it arose a step may have been taken was: {old}; it is now: {new}.",
    "clock": "The clock started from the time {old}; it now starts from the time {new}.",
    "title": "The title was “{old}” and is now “{new}”.",
    "meaning": "The explanation now reads: {new}",
}


def differences(old: Rulebook, new: Rulebook) -> list[Change]:
    """List every change from the old rulebook to the new one, by rule, in the order of the rules' ids.

    Says what changed, not whether it lowers: that is judged by its effect on the duties that are open.
    """
    before = {rule.id: rule for rule in old.rules}
    after = {rule.id: rule for rule in new.rules}
    changes: list[Change] = []
    for name in sorted(before | after):
        changes.extend(_of_rule(before.get(name), after.get(name)))
    return changes + list(_of_calendar(old.calendar, new.calendar))


def _of_rule(old: Rule | None, new: Rule | None) -> Iterator[Change]:
    if old is None and new is not None:
        yield Change(new.id, "added", f"{new.title}: a new rule, {spoken_values(new.within)}.")
    elif new is None and old is not None:
        yield Change(old.id, "removed", f"{old.title}: the rule is gone. End a rule by a date instead.")
    elif old is not None and new is not None:
        yield from _of_values(old, new)
        yield from _of_people(old, new)
        yield from _of_texts(old, new)
        yield from _of_matches(old, new)
        if old.examples != new.examples or old.rows != new.rows:
            yield Change(new.id, "examples", f"{new.title}: its examples, or the failures it answers, changed.")


def _of_values(old: Rule, new: Rule) -> Iterator[Change]:
    before = {value.start: value for value in old.within}
    after = {value.start: value for value in new.within}
    for start in sorted(before | after):
        was, now = before.get(start), after.get(start)
        if was == now:
            continue
        if now is None:
            yield Change(new.id, "value", f"{new.title}: the value from {spoken_start(start)} was taken out.")
        elif was is not None and was.term == now.term:
            words = f"{new.title}: the source of the value from {spoken_start(start)} changed."
            yield Change(new.id, "source", words)
        elif now.term is None:
            yield Change(new.id, "ended", f"{new.title}: the rule ends on {spoken_start(start)}.")
        else:
            earlier = f", was {spoken(was.term)}" if was else ""
            yield Change(new.id, "value", f"{new.title}: {spoken(now.term)} from {spoken_start(start)}{earlier}.")


def _of_people(old: Rule, new: Rule) -> Iterator[Change]:
    if old.owed_by != new.owed_by:
        was, now = spoken_seat(old.owed_by), spoken_seat(new.owed_by)
        yield Change(new.id, "owed_by", f"{new.title}: was owed by {was}, is now owed by {now}.")
    if old.ladder != new.ladder:
        was, now = spoken_ladder(old.ladder), spoken_ladder(new.ladder)
        yield Change(new.id, "ladder", f"{new.title}: the ladder was {was}; it is now {now}.")


def _of_texts(old: Rule, new: Rule) -> Iterator[Change]:
    for field, words in TEXTS.items():
        was, now = getattr(old, field), getattr(new, field)
        if was != now:
            said = words.format(old=_text(was), new=_text(now))
            yield Change(new.id, field, f"{new.title}: {said}")


def _text(said: str | Term | None) -> str:
    if isinstance(said, Term):
        return spoken(said)
    return (said or NONE).replace("_", " ")


def _of_matches(old: Rule, new: Rule) -> Iterator[Change]:
    if old.opens != new.opens:
        was, now = spoken_match(old.opens), spoken_match(new.opens)
        yield Change(new.id, "opens", f"{new.title}: was opened by {was}; is now opened by {now}.")
    if old.discharged_by != new.discharged_by:
        was, now = (" or ".join(map(spoken_match, rule.discharged_by)) for rule in (old, new))
        yield Change(new.id, "discharged_by", f"{new.title}: was answered by {was}; is now answered by {now}.")
    if old.repeats != new.repeats:
        yield Change(new.id, "repeats", f"{new.title}: was {_again(old)}; is now {_again(new)}.")
    if old.challenge != new.challenge:
        yield Change(new.id, "challenge", f"{new.title}: before, {_open_for(old)}; now, {_open_for(new)}.")
    if old.many != new.many:
        yield Change(new.id, "many", f"{new.title}: it was {_many(old)}; it is now {_many(new)}.")


def _many(rule: Rule) -> str:
    every = [(of, value) for of, values in rule.many.items() for value in values]
    said = [f"{spoken_many(value)} by one {of}, from {spoken_start(value.start)}" for of, value in every]
    return "; ".join(said) or "never too many at once"


def _again(rule: Rule) -> str:
    if rule.repeats is None:
        return "owed once"
    ended = " or ".join(map(spoken_match, rule.repeats.ended_by))
    return f"owed again after {spoken_values(rule.repeats.every)}, until {ended}"


def _open_for(rule: Rule) -> str:
    if rule.challenge is None:
        return "nothing agreed can be challenged"
    by = spoken_match(rule.challenge.by)
    return f"what is agreed can be challenged for {spoken_values(rule.challenge.within)}, by {by}"


def _of_calendar(old: Calendar, new: Calendar) -> Iterator[Change]:
    for day in sorted(new.holidays - old.holidays):
        yield Change("calendar", "calendar", f"{day:%-d %B %Y} becomes a bank holiday.")
    for day in sorted(old.holidays - new.holidays):
        yield Change("calendar", "calendar", f"{day:%-d %B %Y} is no longer a bank holiday.")
    if (old.first, old.last, old.timezone) != (new.first, new.last, new.timezone):
        words = f"The calendar now runs from {new.first:%-d %B %Y} to {new.last:%-d %B %Y}, {new.timezone}."
        yield Change("calendar", "calendar", words)
