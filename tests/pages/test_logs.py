"""A log is read by people who may read no case: no password, key, name or word of a report ever stands in it."""

import logging
import sys
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.signing import dumps
from django.test import Client

from onrecord.access.actions import make_token
from onrecord.duties.actions import tick
from onrecord.ledger.gateway.clock import now
from onrecord.web.logs import Told
from tests.pages.browsing import DECIDED, TYPED, hours, sheet
from tests.pages.signing import PASSWORD, code, enter, make_real, set_up_app, with_password
from tests.partnership import REPORT

WRONG = "a marmalade guess at it"
NEVER = ("Zephyrine", "Quillfeather", "marmalade", "ZZ9", "Bearer", "secret-reason")
SOUGHT = {"given_name": "Zephyrine", "family_name": "Quillfeather", "why": "contacted", "words": "A secret-reason."}


class Heard(logging.Handler):
    """Everything that is logged, each line as the product's own handler writes it."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.setFormatter(Told())

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line."""
        self.lines.append(self.format(record))


@pytest.fixture
def heard() -> Any:
    """A log in which nothing is too small to stand."""
    kept, root = Heard(), logging.getLogger()
    loggers = [root, *(logging.getLogger(name) for name in ("django", "allauth", "onrecord"))]
    levels = [one.level for one in loggers]
    root.addHandler(kept)
    for one in loggers:
        one.setLevel(logging.DEBUG)
    yield kept
    root.removeHandler(kept)
    for one, level in zip(loggers, levels, strict=True):
        one.setLevel(level)


def test_the_products_own_log_is_written_so() -> None:
    console = settings.LOGGING["handlers"]["console"]
    assert settings.LOGGING["root"]["handlers"] == ["console"]
    assert settings.LOGGING["formatters"][console["formatter"]] == {"()": f"{Told.__module__}.{Told.__name__}"}


def test_a_whole_day_leaves_no_secret_and_no_child_in_it(
    store: Any, fresh_home: Any, monkeypatch: Any, heard: Heard, capfd: Any
) -> None:
    with_password("team-manager")
    make_real(fresh_home, monkeypatch)
    client = Client(raise_request_exception=False)
    enter(client, "team-manager", WRONG)
    enter(client, "team-manager")
    secret = set_up_app(client)
    made = store.report()
    key = make_token("team-manager", now())
    client.get(f"/front-door/{made.id}")
    client.post("/report", {"id": "no id"} | TYPED)
    client.post("/report", {"id": str(made.id)} | TYPED)
    client.post("/search", SOUGHT)
    client.post(f"/front-door/{made.id}", sheet("decide", **DECIDED))
    headers = {"Authorization": f"Bearer {key}"}
    Client().post("/api/reports", {"report": REPORT}, content_type="application/json", headers=headers)
    Client().post("/api/reports", '{"report": {"words": "marmalade"}}', content_type="text/plain", headers=headers)
    Client(enforce_csrf_checks=True).post("/report", TYPED)
    monkeypatch.setattr("onrecord.intake.views.reports.report", _broken)
    assert client.post("/report", {"id": str(uuid4())} | TYPED).status_code == 500
    tick(hours(70))
    said = "\n".join([*heard.lines, *capfd.readouterr()])
    codes = [code(secret), client.cookies["sessionid"].value, client.cookies["csrftoken"].value]
    assert [one for one in (*NEVER, PASSWORD, WRONG, secret, key, *codes) if one in said] == []
    assert "Internal Server Error: /report error=ValueError where=" in said
    assert len(heard.lines) > 2


def _broken(*args: Any, **more: Any) -> Any:
    raise ValueError("She said a marmalade-coloured car waits for Zephyrine Quillfeather.")


def test_an_error_is_told_without_its_words_even_if_somebody_wrote_them_down_before() -> None:
    try:
        _broken()
    except ValueError:
        record = logging.LogRecord("a", logging.ERROR, "b", 1, "It %s", ("broke",), sys.exc_info())
    logging.Formatter().format(record)
    assert "marmalade" in str(record.exc_text)
    line = Told("%(levelname)s %(message)s").format(record)
    assert line.startswith("ERROR It broke error=ValueError where=")
    assert "marmalade" not in line


def test_the_secret_of_sessions_signs_and_is_not_shown(store: Any) -> None:
    assert settings.SECRET_KEY not in dumps("x")
    assert settings.SECRET_KEY not in Client().get("/sign-in").content.decode()
