"""A report that names somebody who works here is sealed: to everybody but a few it does not exist (hazards 2 and 7)."""

import json
import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from typer import Typer
from typer.testing import CliRunner

from onrecord.access.models import Wall
from onrecord.access.queries import behind_wall
from onrecord.access.rules import Denied
from onrecord.duties import commands
from onrecord.duties.actions import Unanswerable, tick
from onrecord.duties.actions.instruction import was_told
from onrecord.duties.actions.listing import list_facts
from onrecord.duties.actions.opening import open_at_the_door, open_sealed
from onrecord.duties.facts import CannotInTime, DutyReassigned
from onrecord.duties.models import Owed
from onrecord.duties.queries import came_to, counts, duty, mine, open_decisions, standing, watched
from onrecord.duties.queries import waiting as menu
from onrecord.intake.actions import known_before, open_receipt
from onrecord.intake.facts import DecisionMade, ReportAcknowledged, ReportRouted
from onrecord.intake.queries import sealed, sealed_by_month, waiting
from onrecord.ledger.facts import Corrected, Entry, Seconded, mention_of
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.queries import NoSuchEntry, size, thread
from onrecord.linkage.facts import LinkJudged
from onrecord.mailbox.actions import write
from onrecord.notices.queries import to
from tests.partnership import DECISION, PEOPLE, START, Store
from tests.stages.mailbox.ground import told_by

NAMES_HER = "Asha Verne, who takes the calls, told her to be quiet."
LATE = START + timedelta(days=40)
INSIDE = sorted(set(PEOPLE) - {"designated", "scrutineer", "inspectorate"})


def routed(made: Entry) -> tuple[str, str, list[str]]:
    """Where a report went, why, and against whom."""
    (said,) = [line.coded for line in thread(made.id) if line.kind == ReportRouted.kind]
    return said["to"], said["because"], said.get("against", [])


@pytest.mark.parametrize("said_by", ["child", "parent", "public", "professional"])
def test_who_does_not_sign_in_may_name_them_by_title_and_last_name(store: Store, said_by: str) -> None:
    made = told_by(said_by, words="Miss Verne on the phone told me to be quiet. So did Mr Featherstonehaugh.")
    assert routed(made) == ("sealed", "staff_named", ["front-door"])
    later = told_by(said_by)
    write(later, "It is mrs verne.", "page", now())
    with pytest.raises(NoSuchEntry):
        open_at_the_door(store.viewer("front-door"), later.id, now())
    instructed = was_told(told_by(said_by), "Ms. A. Verne said so.", now())
    assert behind_wall(store.viewer("front-door"), [instructed.id]) == {instructed.id}
    assert instructed.saying.fact.spoken("against") == "front-door"


def test_a_title_before_no_name_of_theirs_seals_nothing(store: Store) -> None:
    assert routed(told_by(words="Mr Featherstonehaugh drives the car."))[0] == "front_door"


def everything(store: Store, user: str, at: Any) -> str:
    """All that every list and count says to somebody, in one text; a refusal by its words."""
    viewer, found = store.viewer(user), []
    asked: list[Any] = [
        lambda: [
            (one.row.uid, one.said.entry.saying.fact, one.earlier, one.earlier_without_action)
            for one in waiting(viewer, now())
        ],
        lambda: [one.row.uid for one in sealed(viewer, now())],
        lambda: sealed_by_month(viewer),
        lambda: mine(viewer, at),
        lambda: came_to(viewer, at),
        lambda: watched(viewer, at),
        lambda: standing(viewer, at),
        lambda: menu(viewer, at),
        lambda: [(one.entry.id, one.entry.saying.fact) for one in list_facts(viewer, at, at, at)],
    ]
    for ask in asked:
        try:
            found.append(repr(ask()))
        except Denied as refusal:
            found.append(str(refusal))
    return "\n".join([*found, repr(open_decisions()), repr(counts(at))])


@pytest.mark.parametrize("user", INSIDE)
@pytest.mark.parametrize("at", [START, LATE])
def test_to_everybody_else_there_is_no_such_report(store: Store, user: str, at: Any) -> None:
    other = store.report(by="nurse", child={"described": "a boy in a green cap"})
    store.decide(other)
    before = everything(store, user, START)
    made = store.report(words=NAMES_HER)
    assert everything(store, user, START) == before
    with playing(at):
        tick(at)
        said = everything(store, user, at)
    refs = [str(made.id), str(made.id)[:8], str(mention_of(made.id, "child")), "Zephyrine", "Asha Verne, who"]
    keys = [str(key) for key in Owed.objects.filter(wall=made.id).values_list("key", flat=True)]
    assert len(keys) >= 4
    assert [one for one in (*refs, *keys) if one in said] == []
    assert all(duty(store.viewer(user), UUID(key), at) is None for key in keys)
    assert [one.line for one in to(user) if str(made.id)[:8] in one.line] == []


@pytest.mark.parametrize("user", sorted(set(INSIDE) - {"teacher", "admin"}))
def test_no_door_tells_a_sealed_report_from_one_that_does_not_exist(store: Store, user: str) -> None:
    made, nothing = store.report(words=NAMES_HER), uuid4()
    key = Owed.objects.filter(wall=made.id).first().key  # type: ignore[union-attr]
    for fact in (
        ReportAcknowledged(how="phone"),
        Corrected(field="setting", value='"home"', why="Wrong."),
        Seconded(why="Yes."),
        CannotInTime(duty=str(key), reason="other"),
        DutyReassigned(duty=str(key), holder="designated", why="Away."),
        DecisionMade.heard(DECISION),
    ):
        assert refusal(store, user, fact, made.id) == refusal(store, user, fact, nothing)
    viewer = store.viewer(user)
    for ask in (open_at_the_door, open_sealed, known_before, open_receipt):
        assert asked(ask, viewer, made.id) == asked(ask, viewer, nothing)


def refusal(store: Store, user: str, fact: Any, target: UUID) -> tuple[str, str]:
    """How an answer to an entry is refused, without the id that was asked about."""
    before = size()
    with pytest.raises((Denied, Unanswerable)) as refused:
        store.say(user, fact, Stub(target))  # type: ignore[arg-type]
    assert size() == before
    return type(refused.value).__name__, str(refused.value).replace(str(target), "it")


class Stub:
    """Something with an id, such as one might guess."""

    def __init__(self, uid: UUID) -> None:
        self.id = uid


def asked(ask: Any, viewer: Any, uid: UUID) -> tuple[str, str]:
    """How a question about an entry is refused, without its id."""
    with pytest.raises((Denied, NoSuchEntry)) as refused:
        ask(viewer, uid, START)
    return type(refused.value).__name__, str(refused.value).replace(str(uid), "it")


def test_the_command_line_lists_nothing_of_it(store: Store) -> None:
    app = Typer(pretty_exceptions_enable=False)
    commands.register(app)
    open_one, made = store.report(by="nurse"), store.report(words=NAMES_HER)
    told = {
        words: CliRunner().invoke(app, [*words, "--json"]).stdout
        for words in (
            ("duties",),
            ("facts", "--by", "front-door"),
            ("facts", "--by", "front-door", "--about", str(made.id)),
        )
    }
    assert [words for words, said in told.items() if str(made.id) in said or "takes the calls" in said] == []
    assert {one["opening"] for one in json.loads(told[("duties",)])} >= {str(open_one.id)}


def test_a_file_of_facts_says_the_same_of_its_child_as_of_nobody(store: Store) -> None:
    made = store.report(words=NAMES_HER)
    assert behind_wall(store.viewer("front-door"), [mention_of(made.id, "child")]) == {mention_of(made.id, "child")}
    assert behind_wall(store.viewer("designated"), [mention_of(made.id, "child")]) == set()


def test_another_report_on_the_same_child_does_not_reveal_it(store: Store) -> None:
    hidden = store.report(words=NAMES_HER)
    made = store.report(by="nurse")
    pair = [mention_of(one.id, "child") for one in (hidden, made)]
    assert known_before(store.viewer("front-door"), made.id, START) == []
    assert [one.entry for one in known_before(store.viewer("designated"), hidden.id, START)] == []
    later = store.report(by="officer", words=NAMES_HER)
    found = {one.entry for one in known_before(store.viewer("designated"), later.id, START)}
    assert found == {hidden.id, made.id}
    store.say("designated", LinkJudged(verdict="same", why="Same birth date."), about=pair)
    assert [(one.earlier, one.row.uid) for one in waiting(store.viewer("front-door"), now())] == [(0, made.id)]
    assert {one.entry.kind for one in list_facts(store.viewer("front-door"), START, START, START, about=made.id)} == {
        "intake.report_received",
        "intake.report_routed",
    }


def test_a_report_that_no_table_knows_of_is_closed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    made = store.report()
    assert open_at_the_door(store.viewer("front-door"), made.id, START).made.first == made
    Wall.objects.filter(subject=made.id).delete()
    with pytest.raises(NoSuchEntry):
        open_at_the_door(store.viewer("front-door"), made.id, START)


def test_the_people_outside_see_how_many_there_are_by_month_and_nobody_else_does(store: Store) -> None:
    store.report()
    store.report(words=NAMES_HER)
    with playing(START + timedelta(days=30)):
        store.report(words=NAMES_HER)
    told = {user: [(f"{day:%Y-%m}", many) for day, many in sealed_by_month(store.viewer(user))] for user in PEOPLE}
    outside = [("2026-11", 1), ("2026-10", 1)]
    assert told == {user: outside if user in ("scrutineer", "inspectorate") else [] for user in PEOPLE}


def test_the_reporter_is_told_the_same_whether_it_is_sealed_or_not(store: Store, client: Any) -> None:
    from tests.pages.browsing import signed_in  # noqa: PLC0415  # models need Django set up

    plain, hidden = store.report(words="Usha Verne was there."), store.report(words="Asha Verne was there.")
    assert (routed(plain)[0], routed(hidden)[0]) == ("front_door", "sealed")
    pages = [told_to_author(signed_in("teacher"), made) for made in (plain, hidden)]
    assert pages[0] == pages[1]
    for by, made in (("front-door", plain), ("designated", hidden)):
        store.say(by, DecisionMade.heard(DECISION), made)
    pages = [told_to_author(signed_in("teacher"), made) for made in (plain, hidden)]
    assert pages[0] == pages[1]
    assert "An assessment begins this week." in pages[0]


@pytest.mark.parametrize("hours", [0, 30, 42, 50, 80])
@pytest.mark.parametrize("answered", [False, True])
def test_once_late_the_reporter_is_told_the_same_steps(store: Store, client: Any, hours: int, answered: bool) -> None:
    from tests.pages.browsing import signed_in  # noqa: PLC0415  # models need Django set up

    plain, hidden = store.report(words="Usha Verne was there."), store.report(words="Asha Verne was there.")
    for past in range(0, hours + 1, 5):
        with playing(START + timedelta(hours=past)):
            tick(START + timedelta(hours=past), sign=False)
    with playing(START + timedelta(hours=hours)):
        if answered:
            for by, made in (("front-door", plain), ("designated", hidden)):
                store.say(by, DecisionMade.heard(DECISION), made)
    with playing(START + timedelta(hours=hours + 30)):
        tick(START + timedelta(hours=hours + 30), sign=False)
        browser = signed_in("teacher")
        pages = [told_to_author(browser, made) for made in (plain, hidden)]
        listed = my_reports(browser, plain, hidden)
    assert pages[0] == pages[1]
    assert listed[0] == listed[1]
    late = (hours if answered else hours + 30) > 39
    assert ("to the Team manager, Northbrook Children&#x27;s Services." in pages[0]) == late


def test_the_reporter_of_what_went_outside_at_once_is_not_told_so_early(store: Store, client: Any) -> None:
    from tests.pages.browsing import signed_in  # noqa: PLC0415  # models need Django set up

    plain, hidden = store.report(), store.report(words="Carys Bright was there.")
    tick(START, sign=False)
    pages = [signed_in("teacher").get(f"/api/reports/{made.id}").json() for made in (plain, hidden)]
    assert [page["climbed"] for page in pages] == [[], []]


def my_reports(browser: Any, *made: Entry) -> list[str]:
    """What the list of one's own reports says of each, but for its reference and its words."""
    cards = browser.get("/my-reports").content.decode().split('<li class="onr-card">')[1:]
    found = {one.id: card for one in made for card in cards if str(one.id) in card}
    return [
        found[one.id]
        .replace(str(one.id), "id")
        .replace(str(one.id)[:8], "ref")
        .replace("Usha", "Asha")
        .partition("</li>")[0]
        for one in made
    ]


def told_to_author(browser: Any, made: Entry) -> str:
    """All that its author is told of a report, but for its reference, its words and its signature."""
    said = "".join(browser.get(f"/report/{made.id}{part}").content.decode() for part in ("", "/copy.txt"))
    said += browser.get(f"/api/reports/{made.id}").content.decode()
    said = said.replace(str(made.id), "id").replace(str(made.id)[:8], "ref").replace("Usha", "Asha")
    return re.sub(r"[A-Za-z0-9+/=]{20,}|csrf\w+", "…", said)


def test_the_author_may_put_their_own_report_right_all_the_same(store: Store) -> None:
    made = store.report(words=NAMES_HER)
    assert store.say("teacher", Corrected(field="setting", value='"home"', why="Wrong."), made).entry.seq > made.seq
