"""Every page of the matrix, and every other answer: nothing inline, and the headers that protect it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client
from lxml import html

from tests.pages.matrix.ground import Ground
from tests.pages.matrix.rows import DOORS, ENTERING, MATRIX, OPEN, YOURS

HEADERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY = {
    "default-src": "'none'",
    **{f"{what}-src": "'self'" for what in ("script", "style", "img", "font", "connect", "manifest")},
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
INLINE = "//script[not(@src)][not(@type='application/json')] | //style | //@style | //@*[starts-with(name(), 'on')]"
ADDRESSES = "//@href | //@src | //@action | //@formaction"
SCHEMES = ("javascript:", "data:", "vbscript:")


def policy(answer: Any) -> dict[str, str]:
    """The policy that an answer carries, part by part."""
    parts = (part.strip().partition(" ") for part in answer["Content-Security-Policy"].split(";"))
    return {name: said for name, _, said in parts}


def hardened(answer: Any) -> tuple[dict[str, str], dict[str, str]]:
    """The headers and the policy of an answer."""
    return {name: answer.get(name, "") for name in HEADERS}, policy(answer)


def inline(answer: Any) -> list[str]:
    """Everything in a page that a strict policy would have to allow by name."""
    tree = html.fromstring(answer.content.decode())
    found = [str(one) for one in tree.xpath(INLINE)]
    return found + [one for one in tree.xpath(ADDRESSES) if one.strip().lower().startswith(SCHEMES)]


def walk(ground: Ground) -> Iterator[tuple[str, Any]]:
    """Every page, opened by one who may, and by the administrator, who mostly may not."""
    for address, (may, _) in MATRIX.items():
        state = "sealed" if address.startswith("sealed") else "decided" if address.startswith("duties/<") else "open"
        url = ground.url(address, state).replace("<slug:name>", "facts")
        for user in {next(iter(sorted(may)), "front-door"), "admin"}:
            yield f"{address} {user}", ground.browsers[user].get(url)
    for address in (*YOURS, *ENTERING, *DOORS, *sorted(OPEN - {"api/docs"})):
        yield address, ground.browsers["front-door"].get("/" + address.replace("<int:pk>", "1"))


def test_no_page_holds_anything_inline_and_each_carries_the_policy(ground: Ground) -> None:
    pages, found, bare = 0, {}, {}
    for name, answer in walk(ground):
        bare |= {} if hardened(answer) == (HEADERS, POLICY) else {name: hardened(answer)}
        if answer["Content-Type"].startswith("text/html") and answer.content:
            pages += 1
            found |= {name: inline(answer)} if inline(answer) else {}
    assert (found, bare) == ({}, {})
    assert pages > len(MATRIX)


def test_nothing_inline_is_allowed() -> None:
    assert "unsafe" not in str(configured.CONTENT_SECURITY_POLICY)
    assert {name: " ".join(said) for name, said in configured.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()} == POLICY
    assert inline_in("<p onclick='x()' style='a'>a</p><script>x()</script><a href=' JavaScript:x()'>b</a>") == 4


def inline_in(text: str) -> int:
    """How much stands inline in a page of these words."""
    page = type("Page", (), {"content": f"<html><body>{text}</body></html>".encode()})
    return len(inline(page))


def test_what_goes_wrong_carries_the_headers_too(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.web.views.to", _broken)
    client = Client(raise_request_exception=False)
    client.cookies = ground.sender("teacher").cookies
    unproved = Client(enforce_csrf_checks=True)
    answers = {
        404: client.get("/no-such-page"),
        403: client.get("/watch"),
        405: client.post("/my-reports"),
        500: client.get("/notices"),
        400: client.get("/", headers={"host": "elsewhere.example"}),
        401: Client().get(ground.url("api/reports/<uuidstr:report_id>", "open")),
        302: Client().get("/duties"),
        200: client.get("/health"),
    }
    assert {status: answer.status_code for status, answer in answers.items()} == {status: status for status in answers}
    bare = [status for status, answer in answers.items() if hardened(answer) != (HEADERS, POLICY)]
    assert (bare, hardened(unproved.post("/report"))) == ([], (HEADERS, POLICY))


def _broken(*args: Any) -> Any:
    raise RuntimeError("planted")


def test_a_static_file_carries_them_too(ground: Ground, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "sheet.css").write_text("p { color: black }")
    monkeypatch.setattr(configured, "STATIC_ROOT", str(tmp_path))
    answer = Client().head("/static/sheet.css")
    assert (answer.status_code, hardened(answer)) == (200, (HEADERS, POLICY))


def test_what_somebody_signed_in_sees_is_kept_nowhere(ground: Ground) -> None:
    kept = {
        address
        for address, (may, _) in MATRIX.items()
        if may and "<" not in address and "no-store" not in _cached(ground, address, sorted(may)[0])
    }
    assert kept == set()


def _cached(ground: Ground, address: str, user: str) -> str:
    return str(ground.browsers[user].get(f"/{address}").get("Cache-Control", ""))


def test_cookies_are_for_no_script_and_go_nowhere_else(ground: Ground) -> None:
    client = ground.sender("teacher")
    client.get("/report")
    entered = Client().post("/sign-in", {"user": "teacher"})
    cookies = dict(client.cookies.items()) | dict(entered.cookies.items())
    sent = {name: (bool(one["httponly"]), one["samesite"]) for name, one in cookies.items() if one["path"]}
    assert set(sent.values()) == {(True, "Lax")}
    assert {"csrftoken", "sessionid"} <= set(sent)


READS_SETTINGS = "from onrecord.web import settings as s; print(s.SECURE_HSTS_SECONDS, s.SECURE_PROXY_SSL_HEADER)"


def settings_with(https: str, home: Path) -> str:
    """What the settings say of TLS, read afresh."""
    variables = {"ONRECORD_HTTPS": https, "ONRECORD_HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", READS_SETTINGS]
    return subprocess.run(command, env=variables, capture_output=True, text=True, check=True).stdout.strip()


def test_where_all_travels_over_tls_a_browser_is_told_to_come_by_nothing_else(
    ground: Ground, settings: Any, tmp_path: Path
) -> None:
    told = [settings_with(https, tmp_path) for https in ("", "1")]
    assert told == ["0 None", "31536000 ('HTTP_X_FORWARDED_PROTO', 'https')"]
    settings.SECURE_HSTS_SECONDS, settings.SECURE_PROXY_SSL_HEADER = 31536000, ("HTTP_X_FORWARDED_PROTO", "https")
    answers = [Client().get("/health", headers=sent) for sent in ({"X-Forwarded-Proto": "https"}, {})]
    assert [one.get("Strict-Transport-Security", "") for one in answers] == ["max-age=31536000", ""]
