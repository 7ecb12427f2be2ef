"""When a step was taken: what is owed is not answered by what was done before it arose. Kept at every door."""

from datetime import datetime

from onrecord.duties.actions.allowed import Unanswerable
from onrecord.duties.queries.since import first_days
from onrecord.duties.queries.whose import waiting_for
from onrecord.duties.rules.law import local_day_of
from onrecord.ledger.facts import Saying
from onrecord.ledger.queries import coded
from onrecord.rulebook.rules import matches

BEFORE = (
    "This is said to have been on {day}. What is owed here arose later, and is answered by what was done from {first} "
    "on. Check the date. If it is right, record it with the report to which it belonged, and what was done since here."
)


def check_since(saying: Saying, now: datetime) -> None:
    """Raise Unanswerable where what would answer something is said to have been done before it could."""
    day = local_day_of(saying.happened.earliest)
    if not saying.fact.response or day >= local_day_of(now):
        return
    kind, said = saying.fact.kind, coded(saying.fact, saying.regarding)
    for views in waiting_for(kind, saying.regarding, now).values():
        meant = [
            view for view in views if any(matches(one, kind, said, "in_effect") for one in view.rule.discharged_by)
        ]
        first = first_days(meant)
        if meant and all(day < first[view.key] for view in meant):
            raise Unanswerable(BEFORE.format(day=f"{day:%-d %B %Y}", first=f"{min(first.values()):%-d %B %Y}"))
