"""What belongs to one report, in every state and for every role; everybody else is answered as where there is none."""

import re
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

import pytest
from django.test import Client

from tests.pages.matrix.ground import Ground
from tests.pages.matrix.rows import EVERYBODY, LIKE_OPEN, NOBODY, RECORDS, STATES

TOKEN = re.compile(rb'(csrfmiddlewaretoken" value|name="id" value|value)="[^"]{36,}"|id_id" value="[^"]*"')
IDS = re.compile(r"<[^>]+>")
SAME = frozenset({"front-door/<uuid:uid>", "originals/<uuid:uid>", "duties/<uuid:key>", "children/<uuid:mention>"})
"""Where the states that are LIKE_OPEN are tried: what is only its author's takes no notice of them."""
GUESSERS = ("nurse", "front-door", "designated")


def asked(ground: Ground, user: str, url: str) -> Any:
    """What somebody is answered there: by their browser, or of the API by the key that speaks for them."""
    if url.startswith("/api/"):
        return Client().get(url, headers=ground.key(user))
    return ground.browsers[user].get(url)


def plain(answer: Any, url: str) -> tuple[int, bytes]:
    """An answer without what differs each time, and without the id that was asked for."""
    uid = next(part for part in url.split("/") if len(part) == 36)
    said = TOKEN.sub(b"", answer.content).replace(uid.encode(), b"").replace(uid[:8].encode(), b"")
    return answer.status_code, said


def none_at(address: str, uid: UUID | None = None) -> str:
    """The same address, of nothing that there is. What is said there is something that can be said."""
    return "/" + IDS.sub(str(uid or uuid4()), address.replace("<slug:said>", "case-crisis_recorded"))


def opens(address: str, state: str) -> frozenset[str]:
    """Who opens this of a report in this state."""
    row = RECORDS[address]
    return row.get(state, row.get("open", NOBODY) if state in LIKE_OPEN else NOBODY)


TRIES = [(address, state) for address in RECORDS for state in STATES if state not in LIKE_OPEN or address in SAME]


@pytest.fixture(scope="module")
def nothing(ground: Ground) -> dict[tuple[str, str], tuple[int, bytes]]:
    """What each role is answered at each address where there is nothing."""
    found = {}
    for address in RECORDS:
        for user in EVERYBODY:
            url = none_at(address)
            found[address, user] = plain(asked(ground, user, url), url)
    return found


def test_where_there_is_nothing_nobody_is_shown_anything(nothing: dict[tuple[str, str], tuple[int, bytes]]) -> None:
    assert {status for status, _ in nothing.values()} == {403, 404}


@pytest.mark.parametrize(("address", "state"), TRIES)
def test_who_may_opens_it_and_others_are_answered_as_where_there_is_none(
    ground: Ground, nothing: dict[tuple[str, str], tuple[int, bytes]], address: str, state: str
) -> None:
    url, may = ground.url(address, state), opens(address, state)
    got = {user: asked(ground, user, url) for user in sorted(EVERYBODY)}
    assert {user for user, answer in got.items() if answer.status_code == 200} == may
    told = [user for user in EVERYBODY - may if plain(got[user], url) != nothing[address, user]]
    assert told == []


def test_the_states_that_are_like_open_are_all_tried() -> None:
    assert {state for _, state in TRIES} == set(STATES)
    assert len(TRIES) == len(RECORDS) * (len(STATES) - len(LIKE_OPEN)) + len(SAME) * len(LIKE_OPEN)


def guesses(ground: Ground) -> list[UUID]:
    """Ids that somebody could think of: numbers in turn, names under a known space, ids of what else there is."""
    made = ground.reports["sealed"]
    return [
        UUID(int=0),
        UUID(int=made.id.int + 1),
        uuid5(NAMESPACE_URL, "onrecord/notifications/police"),
        uuid5(uuid5(NAMESPACE_URL, "onrecord/notifications/police"), "NBP/1"),
        UUID("a1b2c3d4e5f60718a1b2c3d4e5f60718"),
        uuid5(made.id, "intake.report_routed"),
    ]


@pytest.mark.parametrize("address", RECORDS)
def test_a_guessed_id_is_answered_as_none(
    ground: Ground, nothing: dict[tuple[str, str], tuple[int, bytes]], address: str
) -> None:
    tried = [(user, none_at(address, uid)) for uid in guesses(ground) for user in GUESSERS]
    found = {(user, url): plain(asked(ground, user, url), url) for user, url in tried}
    assert [one for one in tried if found[one] != nothing[address, one[0]]] == []


@pytest.mark.parametrize("of", ["report", "mention", "original", "duty"])
def test_an_id_of_something_else_is_answered_as_none(
    ground: Ground, nothing: dict[tuple[str, str], tuple[int, bytes]], of: str
) -> None:
    ids = {
        "report": ground.reports["open"].id,
        "mention": ground.mention("open"),
        "original": ground.originals["open"],
        "duty": ground.duty("open"),
    }
    own = {
        "report": ("report/", "front-door/", "disagree/", "api/", "erasures/"),
        "mention": ("children/", "case-worker/", "erasures/"),
        "duty": ("duties/",),
    }
    others = [address for address in RECORDS if not address.startswith(own.get(of, ("originals/",)))]
    found = {
        (address, user): plain(asked(ground, user, none_at(address, ids[of])), none_at(address, ids[of]))
        for address in others
        for user in ("teacher", "front-door")
    }
    assert found == {one: nothing[one] for one in found}


def mangled(key: str) -> list[str]:
    """Keys that are not quite this one."""
    return [
        "",
        key[:-1],
        key + "A",
        key.swapcase(),
        key[::-1],
        "A" * len(key),
        f"{key} {key}",
        key.replace(key[0], "é"),
    ]


def test_a_mangled_key_opens_nothing(ground: Ground) -> None:
    url, key = ground.url("api/reports/<uuidstr:report_id>", "open"), ground.keys["teacher"]
    assert Client().get(url, headers={"Authorization": f"Bearer {key}"}).status_code == 200
    sent = [f"Bearer {one}" for one in mangled(key)] + [key, f"Basic {key}", f"Token {key}", "Bearer"]
    assert [one for one in sent if Client().get(url, headers={"Authorization": one}).status_code != 401] == []
