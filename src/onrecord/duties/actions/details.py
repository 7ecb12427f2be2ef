"""What people at work give to be compared: who gives it of whom, who takes it back, who opens it and why.

Details that sealed several reports are looked into: one person could otherwise put a common name among their own and
so keep reports from the front door.
"""

from datetime import datetime
from uuid import uuid5

from django.db import transaction

from onrecord.access.actions import note_opened
from onrecord.access.facts import StaffDetailsGiven, StaffDetailsQuestioned
from onrecord.access.queries import addresses, agency_of, holders, named_in, seat_agency, viewer_of
from onrecord.access.rules import DECIDING, Denied, Viewer, can_decide_sealed
from onrecord.duties.queries.details import COMPARED, Sealing, Sheet, details_of, given_of, sealings
from onrecord.duties.rules.fold import SPACE
from onrecord.intake.rules.named import too_common
from onrecord.ledger.actions import append, hold
from onrecord.ledger.facts import Corrected, Entry
from onrecord.ledger.facts.wrong import Refused, Wrong
from onrecord.ledger.queries import lines, untaken
from onrecord.ledger.rules.machine import machine_saying
from onrecord.notices.actions import queue
from onrecord.notices.rules import Item

OFFICER = "Only the designated officer can see this."
NOT_THEIRS = "Details of somebody at work are given by them, or by somebody of their agency."
WHOLE = "Give the firm's whole name, of five letters or more. A short word stands in many reports, and would seal them."
HOW_KNOWN = "Say in a sentence how you know that these details are theirs."
TAKEN_BACK = "Details are taken back by the person, by somebody of their agency, or by the designated officer."
ONLY_COMPARED = "Only what is compared can be taken back."
MOST_UNASKED = 3
"""How many reports the details of one person seal before somebody looks into them. A real name, plate or firm stands in
a report now and then; what is common, or planted, stands in many. The number is ours: small, so that few are kept from
the front door, and not so small that each second report about a taxi firm asks again."""
NEWS = "Details of somebody at work sealed several reports. Sign in to see whether they are right."


def check_officer(viewer: Viewer) -> None:
    """Raise Denied unless this is the designated officer where reports are decided."""
    if not can_decide_sealed(viewer):
        raise Denied(OFFICER)


def check_details(viewer: Viewer, fact: StaffDetailsGiven) -> None:
    """Raise Denied or Refused unless this person may give these details, of themselves or of somebody else."""
    if fact.user != viewer.user and not _colleagues(viewer, fact.user):
        raise Denied(NOT_THEIRS)
    faults = [
        Wrong("employers", one, WHOLE, "a name of five letters or more") for one in fact.employers if too_common(one)
    ]
    if fact.user != viewer.user and not fact.why:
        faults.append(Wrong("why", "", HOW_KNOWN, "must be answered"))
    if faults:
        raise Refused(tuple(faults))


def check_taken_back(viewer: Viewer, original: Entry, fix: Corrected) -> None:
    """Raise Denied or Refused unless this person may propose that these details are put right."""
    user = str(getattr(original.saying.fact, "user", ""))
    if viewer.user != user and not can_decide_sealed(viewer) and not _colleagues(viewer, user):
        raise Denied(TAKEN_BACK)
    if fix.field not in COMPARED:
        raise Refused((Wrong("field", fix.field, ONLY_COMPARED, ", ".join(COMPARED)),))


def open_details(viewer: Viewer, user: str, why: str, now: datetime) -> list[Sheet]:
    """What was given of somebody, as it stands now; newest first. Noted in the reads ledger first."""
    check_officer(viewer)
    uids = details_of(user)
    note_opened(viewer, "staff_details", tuple(uids), now, why)
    return given_of(uids, now)


def question_details(now: datetime) -> int:
    """Have details looked into that sealed several reports and were not looked into before; how many were asked about.

    The designated officer and the scrutineer are told of it as one thing, unless it is about them.
    """
    return sum(_question(one, now) for one in sealings() if len(one.reports) > MOST_UNASKED)


def _question(one: Sealing, now: datetime) -> bool:
    """Say it once for these details. It answers the reports, so that it stands where they stand.

    Those come first that are sealed against nobody else: who may read those may look into it.
    """
    barred = {uid: named_in(uid) for uid in one.reports}
    alone = tuple(uid for uid in one.reports if barred[uid] == {one.user}) or one.reports
    fact = StaffDetailsQuestioned(user=one.user, reports=len(one.reports), details=tuple(map(str, one.details)))
    with transaction.atomic():
        hold()
        uid = untaken(uuid5(SPACE, f"questioned/{'/'.join(fact.details)}"), fact.kind)
        if lines([uid]):
            return False
        made = append([machine_saying(fact, now, uid=uid, regarding=alone)])[0]
        _tell(made, set().union(*(barred[one] for one in alone)), now)
    return True


def _tell(made: Entry, barred: set[str], now: datetime) -> None:
    officers = holders("designated_officer", agency_of(DECIDING) or "")
    outside = holders("scrutineer", seat_agency("scrutineer", "outside") or "")
    told = [user for user in (*officers, *outside) if user not in barred]
    known, item = addresses(told), Item(str(made.id)[:8], "", made.saying.agency, "", NEWS, "sealed reports")
    for user in told:
        queue(str(made.id), user, known.get(user, ""), item, now, now, single=True)


def _colleagues(viewer: Viewer, user: str) -> bool:
    theirs = viewer_of(user)
    ours = {held.agency for held in viewer.holdings}
    return theirs is not None and any(held.agency in ours for held in theirs.holdings)
