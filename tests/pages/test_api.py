"""The door for other systems: one report, one receipt; every fault at once, in the field's own words."""

import gzip
import json
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from onrecord.access.actions import make_token
from onrecord.duties.actions import tick
from onrecord.intake.facts import CONCERNS, ReportReceived
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.queries import size
from onrecord.web.wsgi import application
from tests.pages.browsing import hours, signed_in
from tests.partnership import REPORT

URL = "/api/reports"


class Caller:
    """Another system, which speaks for one person."""

    def __init__(self, user: str) -> None:
        """Make a key for them."""
        self.client, self.key = Client(), make_token(user, now())

    def post(self, body: Any) -> Any:
        """Send something as JSON."""
        raw = body if isinstance(body, str) else json.dumps(body)
        return self.client.post(URL, raw, content_type="application/json", headers=self.headers)

    def get(self, uid: object) -> Any:
        """Ask for one report."""
        return self.client.get(f"{URL}/{uid}", headers=self.headers)

    @property
    def headers(self) -> dict[str, str]:
        """The key, as it is sent."""
        return {"Authorization": f"Bearer {self.key}"}


@pytest.fixture
def caller(store: Any) -> Caller:
    """The school's own system."""
    return Caller("teacher")


def test_a_report_gets_a_receipt(caller: Caller) -> None:
    sent = caller.post({"report": REPORT})
    assert sent.status_code == 201
    assert set(sent.json()) == {"id", "received_at", "receipt"}
    assert sent.json()["receipt"].startswith("onrecord receipt v1\n")


def test_sent_again_it_is_the_same_report_with_the_same_receipt(caller: Caller) -> None:
    body = {"id": str(uuid4()), "report": REPORT}
    first = caller.post(body)
    with playing(hours(1)):
        again = caller.post(body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()


def test_an_id_that_stands_for_something_else_is_refused(caller: Caller) -> None:
    body = {"id": str(uuid4()), "report": REPORT}
    caller.post(body)
    other = caller.post(body | {"report": REPORT | {"words": "Something else."}})
    assert other.status_code == 409
    assert "already stands for something else" in other.json()["message"]


def test_every_fault_comes_at_once_in_the_fields_own_words(caller: Caller) -> None:
    before = size()
    sent = caller.post({"report": REPORT | {"concern": "gossip", "words": "", "colour": "red"}})
    faults = {fault["field"]: fault["message"] for fault in sent.json()["faults"]}
    assert sent.status_code == 422
    assert set(faults) == {"report.concern", "report.words", "report.colour"}
    assert faults["report.words"] == "Say what you saw or were told. One sentence is enough."
    assert faults["report.colour"].startswith("There is no such field. The fields are: said_by, child, words")
    assert {"field", "value", "message", "rule"} == set(sent.json()["faults"][0])
    assert size() == before


@pytest.mark.parametrize(
    "body", ["", "nonsense", "[]", '"text"', "null", "7", "{}", '{"report": []}', '{"report": {}}']
)
def test_what_is_no_report_is_told_so_field_by_field(caller: Caller, body: str) -> None:
    sent = caller.post(body)
    assert sent.status_code == 422
    assert sent.json()["faults"]
    assert all(fault["message"].endswith(".") for fault in sent.json()["faults"])


@pytest.mark.parametrize(
    ("more", "field"),
    [({"id": "x"}, "id"), ({"happened": {"earliest": "yesterday"}}, "happened"), ({"sort": "urgent"}, "sort")],
)
def test_faults_beside_the_report_are_named_too(caller: Caller, more: dict[str, Any], field: str) -> None:
    sent = caller.post({"report": REPORT} | more)
    assert sent.status_code == 422
    assert {fault["field"].partition(".")[0] for fault in sent.json()["faults"]} == {field}


def test_without_a_key_nobody_is_heard_and_told_how(store: Any) -> None:
    sent = Client().post(URL, json.dumps({"report": REPORT}), content_type="application/json")
    assert sent.status_code == 401
    assert "Authorization: Bearer" in sent.json()["message"]


def test_a_key_that_is_not_ours_opens_nothing(store: Any) -> None:
    headers = {"Authorization": "Bearer not-a-key"}
    sent = Client().post(URL, json.dumps({"report": REPORT}), content_type="application/json", headers=headers)
    assert sent.status_code == 401


def test_an_administrators_key_cannot_report(store: Any) -> None:
    sent = Caller("admin").post({"report": REPORT})
    assert sent.status_code == 403
    assert "Your role runs the machine." in sent.json()["message"]


def test_a_session_needs_its_csrf_token(store: Any) -> None:
    client = signed_in("teacher")
    client.handler.enforce_csrf_checks = True
    sent = client.post(URL, json.dumps({"report": REPORT}), content_type="application/json")
    assert sent.status_code == 403
    client.get("/report")
    headers = {"X-CSRFToken": client.cookies["csrftoken"].value}
    sent = client.post(URL, json.dumps({"report": REPORT}), content_type="application/json", headers=headers)
    assert sent.status_code == 201


def test_its_author_follows_a_report_to_the_decision(caller: Caller, store: Any) -> None:
    uid = caller.post({"report": REPORT}).json()["id"]
    assert caller.get(uid).json() | {"receipt": ""} == {
        "id": uid,
        "received_at": "2026-10-05T08:00:00Z",
        "receipt": "",
        "state": "waiting",
        "late": False,
        "decision_due": "2026-10-06T23:00:00Z",
        "decision": None,
        "climbed": [],
    }


def test_a_late_report_says_to_whom_it_climbed(caller: Caller) -> None:
    uid = caller.post({"report": REPORT}).json()["id"]
    with playing(hours(70)):
        tick(hours(70))
        found = caller.get(uid).json()
    assert found["late"] is True
    assert [step["role"] for step in found["climbed"]] == [
        "team_manager",
        "head_of_service",
        "director",
        "scrutineer",
    ]
    assert [step["outside"] for step in found["climbed"]] == [False, False, False, True]


def test_a_decision_says_what_the_reporter_is_told(caller: Caller, store: Any) -> None:
    made = store.report()
    store.decide(made)
    found = caller.get(made.id).json()
    assert (found["state"], found["decision"]["outcome"]) == ("decided", "assess")
    assert found["decision"]["told"] == "An assessment begins this week."


def test_a_proposal_is_not_yet_a_decision(caller: Caller, store: Any) -> None:
    made = store.report()
    store.decide(made, {"reason": "duplicate", "words": "Twice."}, outcome="no_further_action")
    assert (caller.get(made.id).json()["state"], caller.get(made.id).json()["decision"]) == ("proposed", None)


def test_somebody_elses_report_and_none_are_answered_alike(caller: Caller, store: Any) -> None:
    theirs, none = caller.get(store.report(by="nurse").id), caller.get(uuid4())
    assert (theirs.status_code, none.status_code) == (404, 404)
    assert theirs.json() == none.json()


def test_a_known_child_and_an_unknown_one_are_answered_alike(caller: Caller) -> None:
    caller.post({"report": REPORT})
    stranger = REPORT | {"child": {"given_name": "Barnabasa", "family_name": "Oxbow"}}
    answers = [caller.post({"report": report}).json() for report in (REPORT, stranger)]
    known, unknown = ({key: len(value) for key, value in answer.items()} for answer in answers)
    assert known == unknown


def test_the_published_schema_is_made_from_the_fact_class(client: Client, store: Any) -> None:
    schema = client.get("/api/openapi.json").json()
    shown = schema["components"]["schemas"]["ReportReceived"]["properties"]
    assert list(shown) == list(ReportReceived.model_fields)
    assert shown["concern"]["enum"] == list(CONCERNS.offered)
    assert shown["danger_now"]["description"] == "Is the child in danger now? If they are, call 999 first."


def test_the_documentation_is_served_from_here(client: Client, store: Any) -> None:
    page = client.get("/api/docs").content.decode()
    assert "/static/ninja/swagger-ui-bundle.js" in page
    assert "https://" not in page.replace("https://django-ninja", "")


OPERATIONS = ["GET /api/reports/{report_id}", "POST /api/reports"]
ANSWERED = {200, 201, 401, 403, 404, 405, 406, 409, 413, 415, 422}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("who", ["its author", "an administrator", "nobody"])
@pytest.mark.parametrize("label", OPERATIONS)
def test_whatever_is_sent_is_answered_as_the_schema_says(own_store: Any, label: str, who: str) -> None:
    """What fits the schema may still be unfit to record: a year long past, a child of whom nothing is said."""
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    operations = {made.label: made for made in (found.ok() for found in schema.get_all_operations())}
    assert sorted(operations) == OPERATIONS
    headers = {} if who == "nobody" else Caller({"its author": "teacher"}.get(who, "admin")).headers

    @settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operations[label].as_strategy())
    def answered(case: Any) -> None:
        answer = case.call(headers=headers)
        assert answer.status_code in ANSWERED
        case.validate_response(answer, headers=headers, excluded_checks=[positive_data_acceptance])

    answered()


@pytest.mark.parametrize(
    "body",
    [gzip.compress(b"{}" + b" " * 50_000_000), b"\x00" * 4096, b"[" * 100_000, b'{"report": ' * 5000, b"\xff\xfe{}"],
    ids=["packed", "zeros", "deep list", "deep object", "no text"],
)
def test_a_body_that_is_made_to_hurt_is_answered_in_words_and_never_unpacked(caller: Caller, body: bytes) -> None:
    headers = caller.headers | {"Content-Encoding": "gzip"}
    sent = caller.client.post(URL, body, content_type="application/json", headers=headers)
    assert (sent.status_code, bool(sent.json()["faults"])) == (422, True)
