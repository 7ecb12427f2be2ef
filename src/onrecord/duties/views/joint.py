"""The joint daily list: every proposal that waits for a second person, a line each; for a chair, of their meetings."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import get_default_timezone

from onrecord.access.actions import note_opened
from onrecord.access.rules import Denied, Viewer
from onrecord.access.views import seated
from onrecord.duties.actions import IdTaken, Unanswerable, record_all
from onrecord.duties.actions.people import may_sign
from onrecord.duties.forms import BulkForm, Sheet
from onrecord.duties.queries import SIGNATURE, DutyView, mine
from onrecord.duties.queries.joint import Joint, Weighed
from onrecord.duties.queries.meetings import Signing, covers, signing_for
from onrecord.duties.rules.window import last_by
from onrecord.duties.views.opened import Opened, in_words
from onrecord.ledger.facts import Entry, Saying, Seconded, When
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import entries
from onrecord.ledger.rules.effect import Line, line_of

SIGNERS, CHAIRS = frozenset({"second_signer"}), frozenset({"panel_chair"})
MOST = 50
HERE = get_default_timezone()


@dataclass(frozen=True)
class Row:
    """A proposal with all that the list shows of it. `meeting` is the one for which a chair would sign."""

    view: DutyView
    opened: Opened
    weighed: Weighed
    sheet: Sheet
    asked: bool
    meeting: UUID | None
    until: date | None
    """Until when it could be challenged, were it agreed to now; None where it is about no child."""

    @property
    def ticked_with_others(self) -> bool:
        """Whether it may be agreed to with others at once."""
        return self.asked and self.meeting is None and not self.weighed.singly and not self.weighed.raised

    @property
    def ticked_as(self) -> str:
        """What stands beside its box."""
        change = f": {self.weighed.before} → {self.weighed.after}" if self.weighed.after else ""
        return f"{self.opened.title}, {self.view.reference}{change}"


@seated
def joint_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Proposals that wait: agree, disagree, or not enough to decide. What nobody signs has no effect."""
    if not viewer.roles & (SIGNERS | CHAIRS):
        raise Denied("The joint daily list is for those who sign it, and for those who chair meetings.")
    moment = now()
    found = _waiting(viewer, moment)
    rows = _rows(request, viewer, found, moment)
    done = next((row.sheet for row in rows if row.sheet.recorded), None)
    together = {str(row.view.opening): row.ticked_as for row in rows if row.ticked_with_others}
    bulk = BulkForm(together, request.POST if request.POST.get("form") == "bulk" else None)
    if done and done.recorded:
        messages.success(request, f"Recorded: {done.recorded.entry.saying.fact.title}.")
        return redirect("joint-list")
    if bulk.is_bound and (signed := _sign_together(viewer, bulk, moment)):
        messages.success(request, f"Recorded: {signed} second signature{'s' if signed > 1 else ''}.")
        return redirect("joint-list")
    forms: list[Any] = [bulk, *(row.sheet.form for row in rows)]
    errors = next((form for form in forms if form.errors), None)
    context = {"lines": rows, "waiting": len(found.owed), "bulk": bulk, "form": errors, "now": moment}
    return render(request, "duties/joint.html", context | {"chairs": not viewer.roles & SIGNERS})


def _waiting(viewer: Viewer, moment: datetime) -> Signing:
    """What waits for this person: as a second signer everything, as a chair what their meetings were about."""
    if viewer.roles & SIGNERS:
        return Signing([view for view in mine(viewer, moment) if view.rule.id == SIGNATURE], [], {})
    return signing_for(viewer, moment)


def _rows(request: HttpRequest, viewer: Viewer, found: Signing, moment: datetime) -> list[Row]:
    """A line for each proposal. That they, and what is shown beside them, were opened is noted first, as one read."""
    owed = found.owed[:MOST]
    proposals = {made.id: made for made in entries(view.opening for view in owed)}
    if not proposals:
        return []
    joint = Joint(viewer, list(proposals.values()), moment, moment.astimezone(HERE).date(), found.children)
    note_opened(viewer, "report", tuple(dict.fromkeys((*proposals, *joint.said))), moment)
    first = {uid: one.first for uid, one in joint.said.items()}
    waiting = [line_of(made) for made in proposals.values()]
    signing = _signing(viewer, waiting, found.meetings, joint.children, moment)
    return [
        Row(
            view,
            in_words(proposals[view.opening], first, joint.people, joint.said),
            joint.weighed[view.opening],
            _sheet(request, viewer, proposals[view.opening], signing.get(view.opening), moment),
            view.opening in signing,
            signing.get(view.opening),
            last_by(view.rule, moment, view.calendar) if proposals[view.opening].mentions else None,
        )
        for view in owed
    ]


def _signing(
    viewer: Viewer,
    proposals: list[Line],
    meetings: list[Line],
    children: Mapping[UUID, Collection[UUID]],
    moment: datetime,
) -> Mapping[UUID, UUID | None]:
    """The proposals that this person may sign, each with the meeting for which they would: the newest about it."""
    if viewer.roles & SIGNERS:
        return {line.id: None for line in proposals if may_sign(viewer, line, moment)}
    found = {line.id: next((one for one in meetings if covers(one, line, children)), None) for line in proposals}
    return {
        line.id: meeting.id for line in proposals if line.by != viewer.user and (meeting := found[line.id]) is not None
    }


def _sheet(request: HttpRequest, viewer: Viewer, proposal: Entry, meeting: UUID | None, moment: datetime) -> Sheet:
    name = f"sign{str(proposal.id)[:8]}"
    also = {"meeting": str(meeting)} if meeting else None
    return Sheet(request, viewer, None, moment, name=name, regarding=(proposal.id,), also=also)


def _sign_together(viewer: Viewer, bulk: BulkForm, moment: datetime) -> int:
    """Agree to every ticked line, all or none; how many, or 0 with what is wrong beside the field."""
    if not bulk.is_valid():
        return 0
    fact, seat = Seconded(why=bulk.cleaned_data["why"]), viewer.seat
    who = (viewer.user, seat.role, seat.agency)
    page = bulk.cleaned_data["page"]
    uids = [UUID(ticked) for ticked in bulk.cleaned_data["tick"]]
    said = [Saying(uuid5(page, str(uid)), fact, *who, When.at(moment), regarding=(uid,)) for uid in uids]
    try:
        return len(record_all(viewer, [(one, None) for one in said], moment))
    except (Denied, Unanswerable, IdTaken) as why:
        bulk.add_error(None, str(why))
        return 0
