"""Questions that every page asks, built once: to build one anew cost more than the database took to answer it.

A question is built for SOMEBODY at a MOMENT, or until LATER, and its statement is kept. Whoever asks, and when, is put
in their place.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache, wraps
from typing import Any, NamedTuple

from django.db import connections, models

from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.gateway.rows import asked, fetch
from onrecord.ledger.gateway.values import into_sqlite

SOMEBODY = "somebody who is put in when it is asked"
MOMENT, LATER = datetime(1971, 6, 6, 12, tzinfo=UTC), datetime(1971, 7, 7, 12, tzinfo=UTC)


class Kept(NamedTuple):
    """A statement and its values, with marks where somebody and a moment belong."""

    statement: str
    values: tuple[Any, ...]


def built_once(most: int) -> Callable[[Callable[..., Kept]], Callable[..., Kept]]:
    """Build each question once for each sort of database, whose SQL differs; so many of them are kept."""

    def around(build: Callable[..., Kept]) -> Callable[..., Kept]:
        @lru_cache(maxsize=most)
        def built(vendor: str, *given: Any) -> Kept:
            return build(*given)

        @wraps(build)
        def question(*given: Any) -> Kept:
            return built(connections["default"].vendor, *given)

        return question

    return around


def kept(rows: "models.QuerySet[Any, Any]") -> Kept:
    """What is asked of the database for these rows. ValueError where a value was worked out from the moments."""
    statement, values = rows.query.get_compiler("default").as_sql()
    known = _put_in(SOMEBODY, MOMENT, LATER)
    if strange := [value for value in values if str(value).startswith(str(MOMENT.year)) and value not in known]:
        raise ValueError(f"{strange}: nobody could put another moment in its place")
    return Kept(statement, tuple(values))


def answers_to(question: Kept, user: str, moment: datetime, later: datetime | None = None) -> list[tuple[Any, ...]]:
    """The rows that answer it for somebody at a moment (aware), as the database holds them."""
    return asked(question.statement, _values(question, user, moment, later or moment))


def rows_in(
    table: type[models.Model], question: Kept, order: str, user: str, moment: datetime, later: datetime | None = None
) -> list[tuple[Any, ...]]:
    """The rows of a table whose keys answer it, as Python values; `order` is fixed text of this program."""
    key = table._meta.pk.column
    tail = f'WHERE t."{key}" IN ({question.statement}) {order}'
    return fetch(table, tail, _values(question, user, moment, later or moment))


def _values(question: Kept, user: str, moment: datetime, later: datetime) -> list[Any]:
    given = _put_in(user, moment, later)
    return [given.get(value, value) if isinstance(value, str | date) else value for value in question.values]


def _put_in(user: str, moment: datetime, later: datetime) -> dict[Any, Any]:
    """What stands in the place of each mark. A database may hold moments and days as texts."""
    days = MOMENT.astimezone(HERE).date(), moment.astimezone(HERE).date()
    if connections["default"].vendor == "sqlite":
        return {
            SOMEBODY: user,
            into_sqlite(MOMENT): moment,
            into_sqlite(LATER): later,
            str(days[0]): str(days[1]),
        }
    return {SOMEBODY: user, MOMENT: moment, LATER: later, days[0]: days[1]}
