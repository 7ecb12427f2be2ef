"""The door for other systems: send a report, and see what became of it. What it takes is made from the fact class."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema, Status
from ninja.errors import HttpError, ValidationError
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from onrecord import __version__
from onrecord.access.actions import speak_by_token
from onrecord.access.rules import Denied, Viewer
from onrecord.access.views import viewer_for
from onrecord.duties.queries import DECISION, DutyView, climbs, last_beat, owed_for
from onrecord.duties.queries.authors import told_steps
from onrecord.intake.actions import IdTaken, open_receipt, report
from onrecord.intake.facts import ReportReceived
from onrecord.intake.queries import report as report_row
from onrecord.intake.queries import told
from onrecord.ledger.facts import When
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import NoSuchEntry
from onrecord.ledger.rules.wording import in_words

NO_OBJECT = {"field": "", "value": "", "message": "Send one JSON object.", "rule": "JSON object"}
SIGN_IN = "Send a key (Authorization: Bearer …), or sign in."


class Api(NinjaAPI):
    """The API, with each field of its schema explained in the words that people are asked in."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> Any:
        """The published schema."""
        made = super().get_openapi_schema(*args, **kwargs)
        shown = made["components"]["schemas"][ReportReceived.__name__]["properties"]
        for name, _, said, _ in ReportReceived.fields():
            shown[name]["description"] = f"{said.label} {said.hint}".strip()
        return made


class Key(HttpBearer):
    """A key made for another system (`onrecord token`): it speaks for one person."""

    def authenticate(self, request: HttpRequest, token: str) -> Viewer | None:
        """The person for whom the key speaks."""
        return speak_by_token(token, now())


class Session(APIKeyCookie):
    """Somebody who is signed in here; what changes the record needs their CSRF token too."""

    param_name = "sessionid"

    def __call__(self, request: HttpRequest) -> Viewer | None:
        """The person who is signed in; 403 when the CSRF token does not fit or they hold no role."""
        if not request.user.is_authenticated:
            return None
        if check_csrf(request):
            raise HttpError(403, "The CSRF token is missing or does not fit.")
        viewer = viewer_for(request)
        if viewer is None:
            raise HttpError(403, "You hold no role here.")
        return viewer

    def authenticate(self, request: HttpRequest, key: str | None) -> Viewer | None:
        """Not asked: the session itself says who it is."""
        return self(request)


class Sent(Schema):
    """A report. With an `id` of your own you can send it again safely: it stays one report."""

    model_config = {"extra": "forbid"}

    id: UUID | None = None
    happened: When | None = None
    report: ReportReceived


class Received(Schema):
    """What you keep: the reference, when it was received, and signed proof."""

    id: UUID
    received_at: datetime
    receipt: str


class Step(Schema):
    """A step that a report takes by the rules, because a decision was not made in time."""

    at: datetime
    role: str
    agency: str
    outside: bool


class Decision(Schema):
    """What was decided, and what the front door says to the person who reported."""

    outcome: str
    decided_at: datetime
    told: str


class Followed(Received):
    """A report's state, for ever in sight of its author: waiting, proposed (a second person must agree) or decided."""

    state: str
    late: bool
    decision_due: datetime | None
    decision: Decision | None
    climbed: list[Step]


class Fault(Schema):
    """What is wrong with one field, in the words the field has for it."""

    field: str
    value: str
    message: str
    rule: str


class Faults(Schema):
    """Everything that is wrong, at once."""

    faults: list[Fault]


class Message(Schema):
    """Why not, in a sentence."""

    message: str


WHY_NOT = {401: Message, 403: Message}
api = Api(title="OnRecord", version=__version__, auth=[Key(), Session()], urls_namespace="api")


@api.post("/reports", response={201: Received, 200: Received, 409: Message, 413: Message, 422: Faults, **WHY_NOT})
def send(request: HttpRequest, body: Sent) -> Any:
    """Send a report about a child. 201: received. 200: it had been received before, and this is the same receipt."""
    uid, moment = body.id or uuid4(), now()
    known = report_row(uid) is not None
    happened = body.happened or When.at(moment)
    made, proof = report(_viewer(request), body.report, uid, happened, said_when=body.happened is not None)
    return Status(200 if known else 201, Received(id=made.id, received_at=made.recorded_at, receipt=proof))


@api.get("/reports/{uuid:report_id}", response={200: Followed, 404: Message, **WHY_NOT})
def follow(request: HttpRequest, report_id: UUID) -> Any:
    """One of your own reports: whether it is decided, by when it is due, and to whom it has climbed."""
    moment = now()
    made, proof, _ = open_receipt(_viewer(request), report_id, moment)
    row = report_row(report_id)
    duty = next((view for view in owed_for([report_id], moment).get(report_id, ()) if view.rule.id == DECISION), None)
    decided = row is not None and row.decided_at is not None
    return Followed(
        id=made.id,
        received_at=made.recorded_at,
        receipt=proof,
        state="decided" if decided else "proposed" if row and row.proposed else "waiting",
        late=duty is not None and duty.state in ("late", "met_late"),
        decision_due=duty.due_at if duty else None,
        decision=_decision(row) if row and decided else None,
        climbed=_climbed(duty),
    )


@api.exception_handler(ValidationError)
def unfit(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """422: what was sent is heard again by the fact class itself, so that its faults are in the fields' own words."""
    faults = _faults(request.body) or [_other(fault) for fault in error.errors]
    return api.create_response(request, {"faults": faults}, status=422)


@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What the framework refuses: a body that is no JSON, and those who did not say who they are."""
    if error.status_code == 400:
        return api.create_response(request, {"faults": [NO_OBJECT]}, status=422)
    said = SIGN_IN if error.status_code == 401 else error.message
    return api.create_response(request, {"message": said}, status=error.status_code)


@api.exception_handler(Refused)
def unfit_here(request: HttpRequest, error: Refused) -> HttpResponse:
    """422: each answer fits its field, and one of them is not for another system to give."""
    told = [_fault(f"report.{fault.field}", fault.value, fault.message, fault.rule) for fault in error.faults]
    return api.create_response(request, {"faults": told}, status=422)


@api.exception_handler(RequestDataTooBig)
def too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    """413, with the limit."""
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1_000_000
    said = f"A report has at most {most} MB. Nothing was recorded. Shorten it, or send it as more than one report."
    return api.create_response(request, {"message": said}, status=413)


@api.exception_handler(Denied)
def denied(request: HttpRequest, error: Denied) -> HttpResponse:
    """403."""
    return api.create_response(request, {"message": str(error)}, status=403)


@api.exception_handler(NoSuchEntry)
def missing(request: HttpRequest, error: NoSuchEntry) -> HttpResponse:
    """404: the same words whether there is no such report or it is somebody else's."""
    return api.create_response(request, {"message": "There is no such report among yours."}, status=404)


@api.exception_handler(IdTaken)
def taken(request: HttpRequest, error: IdTaken) -> HttpResponse:
    """409."""
    return api.create_response(request, {"message": str(error)}, status=409)


def _viewer(request: HttpRequest) -> Viewer:
    viewer = getattr(request, "auth", None)
    if not isinstance(viewer, Viewer):
        raise HttpError(401, SIGN_IN)
    return viewer


def _decision(row: Any) -> Decision:
    return Decision(outcome=row.outcome, decided_at=row.decided_at, told=told(row, now()))


def _climbed(duty: DutyView | None) -> list[Step]:
    beat = last_beat(now())
    known = climbs([duty.opening]).get(duty.key, []) if duty else []
    steps = told_steps(duty, known, beat.at if beat else None) if duty else []
    return [Step(at=step.at, role=step.role, agency=step.agency, outside=step.outside) for step in steps]


def _faults(body: bytes) -> list[dict[str, str]]:
    """What is wrong with a body, field by field; nothing when the fault lies elsewhere."""
    try:
        sent = json.loads(body)
    except ValueError:
        sent = None
    if not isinstance(sent, dict):
        return [NO_OBJECT]
    said = sent.get("report")
    if not isinstance(said, dict):
        return [_fault("report", "", "Send the report as a JSON object.", "JSON object")]
    try:
        ReportReceived.heard(said)
    except Refused as faulty:
        worded = (in_words(ReportReceived, fault) for fault in faulty.faults)
        return [_fault(f"report.{fault.field}", fault.value, fault.message, fault.rule) for fault in worded]
    return []


def _other(fault: Any) -> dict[str, str]:
    """A fault outside the report: its id, or when it happened."""
    path = [str(part) for part in fault["loc"] if part not in ("body", "path")]
    field = ".".join(path[1:] if path[:1] == ["body"] else path)
    said = fault["msg"].removeprefix("Value error, ")
    return _fault(field, "", f"{field}: {said[0].lower()}{said[1:]}.", fault["type"])


def _fault(field: str, value: str, message: str, rule: str) -> dict[str, str]:
    return {"field": field, "value": value, "message": message, "rule": rule}
