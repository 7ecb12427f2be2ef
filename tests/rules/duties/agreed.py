"""One rule of our own: an action is done by the day agreed, within a month at the latest, by who was named."""

from typing import Any

OURS = {"from": "2013-04-15", "default": "ours", "why": "Ours."}
ACTION: dict[str, Any] = {
    "id": "action",
    "title": "Do it",
    "meaning": "Do it.",
    "nation": "england",
    "rows": [],
    "opens": {"kind": "case.action_agreed"},
    "owed_by": {"role": "practitioner", "of": "named", "named_in": "owner"},
    "alarm": "standard",
    "clock": "recorded",
    "within": [OURS | {"term": {"months": 1}}],
    "until": "by_day",
    "discharged_by": [{"kind": "case.action_done"}],
    "ladder": [{"after": {"hours": 0}, "to": {"role": "scrutineer", "of": "outside"}}],
    "examples": [],
}
