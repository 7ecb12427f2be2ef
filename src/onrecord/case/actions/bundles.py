"""Handing over: what a court or an inquiry gets of a child's file, once two people agreed. Each time is noted first."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from onrecord.access.rules import Denied, Viewer
from onrecord.case.actions.file import NotTheirs, opened_to
from onrecord.case.actions.parts import CLOSED
from onrecord.case.facts import BundleAsked
from onrecord.case.gateway.bundle import packed
from onrecord.case.queries.bundles import Bundle, bundles, shown_in, within
from onrecord.case.queries.file import Found, children_in
from onrecord.intake.actions import note_near
from onrecord.ledger.actions.prove import NotSigned as NotSigned
from onrecord.ledger.actions.prove import prove
from onrecord.ledger.gateway.keys import verifiers
from onrecord.ledger.queries import NoSuchEntry, entry, policies


def list_bundles(viewer: Viewer, mention: UUID, now: datetime) -> list[Bundle]:
    """The bundles that were asked for of a child's file, noted as a read first. For those who work with the child."""
    found = _theirs(viewer, mention, now)
    note_near(viewer, "who_knows", found.mentions, now, called=children_in(found, now))
    return bundles(found, viewer.user, now)


def hand_over(viewer: Viewer, uid: UUID, now: datetime) -> tuple[BundleAsked, bytes]:
    """A bundle as one file, for the two who agreed to it. Raises NotSigned, and NoSuchEntry for anybody else."""
    made = entry(uid)
    if not isinstance(made.saying.fact, BundleAsked):
        raise NoSuchEntry(f"There is no bundle {uid}.")
    try:
        found = _theirs(viewer, made.saying.about[0], now)
    except Denied:
        raise NoSuchEntry(f"There is no bundle {uid}.") from None
    one = next((one for one in bundles(found, viewer.user, now) if one.entry.id == uid), None)
    if one is None or not (one.ready and one.theirs):
        raise NoSuchEntry(f"There is no bundle {uid}.")
    note_near(viewer, "bundle", (*found.mentions, uid), now, called=children_in(found, now))
    uids = within(found, one)
    return one.fact, packed(one.fact.title, one.fact.whom, len(uids), _files(uids, one), now)


def _files(uids: Sequence[UUID], one: Bundle) -> dict[str, bytes]:
    """What stands in the bundle, by name; entries in the order in which they were recorded."""
    shown, files = shown_in(uids, one), dict[str, bytes]()
    for number, (uid, proved) in enumerate(zip(uids, prove(uids), strict=True), 1):
        name = f"{number:04d}"
        files[f"{name}.entry"] = proved.entry
        files[f"{name}.tlog-proof"] = proved.proof.encode()
        if shown[uid]:
            files[f"{name}.opened"] = "".join(f"{line}\n" for line in shown[uid]).encode()
    files["log.vkey"] = "".join(f"{key}\n" for key in verifiers("checkpoint")[:1]).encode()
    if said := list(policies().values()):
        files["witnesses.policy"] = said[-1].encode()
    return files


def _theirs(viewer: Viewer, mention: UUID, now: datetime) -> Found:
    """What there is of a child with whom an agency of theirs works: a reason opens a file, and hands nothing over."""
    try:
        found, by_reason = opened_to(viewer, mention, now)
    except (NotTheirs, NoSuchEntry):
        raise Denied(CLOSED) from None
    if by_reason:
        raise Denied(CLOSED)
    return found
