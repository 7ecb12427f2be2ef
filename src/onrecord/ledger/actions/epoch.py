"""Epochs: how signing goes on when what was signed last is not here any more.

After a backup was put back the record may lack what it had signed. To sign on as if nothing were would be a fork, so
nothing is signed. Two people end the epoch, one of them outside: then the log signs under a new name, the record says
how much was lost, and whoever reads it can see that. Nothing of the old epoch is thrown away.
"""

import base64
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID, uuid5

from onrecord.ledger.actions.append import append
from onrecord.ledger.actions.heads import Frozen, last_head, remember, signed_before
from onrecord.ledger.facts import Entry, EpochBegun, EpochProposed
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.given import set_apart
from onrecord.ledger.gateway.trouble import UNOPENED
from onrecord.ledger.models import StoredCheckpoint
from onrecord.ledger.queries import (
    answers_to,
    as_stored,
    ended_epochs,
    entries,
    first_origin,
    given_receipts,
    leaves,
    proposed_epochs,
    untaken,
)
from onrecord.ledger.rules.epochs import agreed, covers
from onrecord.ledger.rules.machine import machine_saying
from onrecord.ledger.rules.merkle import Frontier, leaf_hash
from onrecord.ledger.rules.note import Checkpoint

VERIFY = "Run `onrecord verify`."


class Stand(NamedTuple):
    """What was signed last, how much of it stands here as signed, and how many receipts are of what is not here."""

    signed: Checkpoint
    kept: int
    receipts: int

    @property
    def whole(self) -> bool:
        """Whether nothing is lost, so that no epoch has to end."""
        return self.kept == self.signed.size and not self.receipts


def stand(using: str) -> Stand:
    """Hold the log against everything that was signed in this epoch. Raises Frozen where the head is gone."""
    signed = [one.made for one in signed_before(using)]
    texts = {note.note.rpartition("\n\n")[0] + "\n" for note in StoredCheckpoint.objects.using(using).all()}
    made = [*signed, *(one for one in map(Checkpoint.read, texts) if one.origin == signed[0].origin)]
    roots = _roots(using, {one.size for one in made})
    kept = {one.size for one in made if roots.get(one.size) == one.root}
    torn = [one.size for one in made if one.size not in kept]
    last = max(signed, key=lambda one: one.size)
    lost = len(given_receipts().lost) if using == "default" else 0
    return Stand(last, max((size for size in kept if size < min(torn, default=last.size + 1)), default=0), lost)


def begin_agreed(using: str) -> None:
    """Begin the epoch that was proposed and agreed to, if one was and is still needed. Broken off, it is done again.

    Who proposed and who agreed is read from the entries themselves. Raises Frozen where one of them does not open.
    """
    head = last_head(using)
    try:
        for made, asked in _agreed(using, head):
            _begin(using, made, asked)
        ended = ended_epochs(using)
    except UNOPENED as fault:
        raise Frozen(f"What is on record of epochs does not open: {type(fault).__name__}. {VERIFY}") from None
    if head.origin in ended:
        remember(using, Checkpoint(ended[head.origin].followed_by, 0, Frontier().root()))


def _agreed(using: str, head: Checkpoint) -> list[tuple[Entry, EpochProposed]]:
    """The proposals that people agreed to and that may be needed: of what was signed last or beyond, not begun yet."""
    facts = ((made, made.saying.fact) for made in proposed_epochs(using) if not entries([_id(made)]))
    due = [(made, said) for made, said in facts if isinstance(said, EpochProposed) and head.size <= said.signed]
    asked = [made for made, _ in due]
    counting = {made.id for made in agreed(asked, answers_to(asked), now())}
    return [(made, said) for made, said in due if made.id in counting]


def _begin(using: str, made: Entry, asked: EpochProposed) -> None:
    """Begin the epoch, if what is lost is what was agreed to: an agreement is not kept for another day."""
    found = stand(using)
    if found.whole or not covers(asked, using, found.signed.size, found.kept, found.receipts):
        return
    append([machine_saying(_fact(using, found), now(), uid=_id(made), regarding=(made.id,))])
    if using == "default":
        set_apart(given_receipts().lost)


def _fact(using: str, found: Stand) -> EpochBegun:
    return EpochBegun(
        log=using,
        ended=found.signed.origin,
        begins=f"{first_origin(using)}/epoch-{len(ended_epochs(using)) + 2}",
        signed=found.signed.size,
        kept=found.kept,
        receipts=found.receipts,
        root=base64.b64encode(found.signed.root).decode(),
    )


def _id(made: Entry) -> UUID:
    """The id under which it is said that what was proposed has begun."""
    return untaken(uuid5(made.id, "begun"), EpochBegun.kind)


def _roots(using: str, sizes: Iterable[int]) -> dict[int, bytes]:
    """The roots of the log at these sizes, as far as it goes, every leaf hashed again."""
    tree, wanted = Frontier(), set(sizes)
    roots = {0: tree.root()}
    for row in leaves(using):
        tree = tree.grow([leaf_hash(as_stored(row.payload))])
        if tree.size in wanted:
            roots[tree.size] = tree.root()
    return roots
