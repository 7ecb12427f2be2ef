"""Witnessing: what the policy says is put on record, and every witness is asked to sign the newest checkpoint."""

from collections.abc import Iterable
from datetime import datetime

import structlog

from onrecord.ledger.actions.append import append
from onrecord.ledger.facts import WitnessesNamed
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.trouble import told
from onrecord.ledger.gateway.witnesses import (
    Answered,
    Silent,
    carried_answer,
    is_address,
    leave_request,
    policy_text,
    post,
)
from onrecord.ledger.models import StoredCosignature
from onrecord.ledger.queries import (
    as_stored,
    checkpoint_texts,
    cosigned_size,
    leaves,
    policy_in_force,
    promised,
)
from onrecord.ledger.queries.witnessed import NOBODY
from onrecord.ledger.rules.cosign import cosigned_at
from onrecord.ledger.rules.machine import machine_saying
from onrecord.ledger.rules.note import BadNote, Checkpoint
from onrecord.ledger.rules.policy import BadPolicy, Witness, digest, read_policy
from onrecord.ledger.rules.proofs import consistency_ranges, filled
from onrecord.ledger.rules.request import request

log = structlog.get_logger()


def name_witnesses() -> None:
    """Put the policy file on record when it says something new. One that is wrong changes nothing, and is logged.

    A file that was taken away changes nothing either: fewer witnesses are named by a new file, for everybody to see.
    """
    text = policy_text()
    if text is None or promised(None).policy == digest(text):
        return
    try:
        policy = read_policy(text)
    except BadPolicy as fault:
        log.error("the policy file is not used", why=str(fault))
        return
    append([machine_saying(WitnessesNamed(signers=policy.spoken() or NOBODY, digest=digest(text), policy=text), now())])


def gather(using: str, note: str) -> None:
    """Ask every witness of the policy in force to sign this checkpoint. None of them can stop anything."""
    for witness in _witnesses():
        try:
            _ask(using, witness, note)
        except (Silent, BadNote) as fault:
            log.warning("a witness did not sign", witness=witness.name, ledger=using, why=str(fault))
        except Exception as error:
            log.error("a witness could not be asked", witness=witness.name, ledger=using, **told(error))


def _witnesses() -> list[Witness]:
    """Those of the policy in force who are asked. Nobody, where the entry that named them no longer opens."""
    try:
        policy = policy_in_force()
    except Exception as error:
        log.error("the policy in force cannot be read", **told(error))
        return []
    return [one for one in policy.witnesses.values() if one.where] if policy else []


def _ask(using: str, witness: Witness, note: str) -> None:
    if not is_address(witness.where):
        where = f"{witness.where}/{using}"
        try:
            _take(using, witness, carried_answer(where).body)
        finally:
            leave_request(where, _request(using, note, cosigned_size(str(witness.key), using)))
        return
    answered = post(witness.where, _request(using, note, cosigned_size(str(witness.key), using)))
    if answered.status == 409:
        answered = post(witness.where, _request(using, note, _seen(answered, note)))
    if answered.status != 200:
        raise BadNote(f"it answered {answered.status}")
    _take(using, witness, answered.body)


def _seen(answered: Answered, note: str) -> int:
    """The size that the witness says it has seen. BadNote where that is more than we hold: we are not what it knew."""
    size, ours = answered.body.strip(), _signed(note)[1].size
    if not size.isdecimal() or int(size) > ours:
        raise BadNote(f"it has seen more entries than the {ours} that are signed here: was this record cut?")
    return int(size)


def _request(using: str, note: str, old: int) -> bytes:
    made = _signed(note)[1]
    old = old if old <= made.size else 0
    hashes = (as_stored(row.leaf_hash) for row in leaves(using))
    return request(old, filled(consistency_ranges(old, made.size), hashes), note)


def _signed(note: str) -> tuple[str, Checkpoint]:
    text = note.rpartition("\n\n")[0] + "\n"
    return text, Checkpoint.read(text)


def _take(using: str, witness: Witness, body: str) -> None:
    """Keep the witness's signature, whichever of our checkpoints it is over. BadNote where it is over none."""
    newest = cosigned_size(str(witness.key), using)
    for line in body.splitlines()[:16]:
        held = _over(line, checkpoint_texts(newest, using), witness)
        if held:
            size, moment = held
            StoredCosignature.objects.using(using).get_or_create(
                size=size, witness=str(witness.key), signed_at=moment, defaults={"line": line}
            )
            return
    raise BadNote("it sent no signature over a checkpoint of ours")


def _over(line: str, texts: Iterable[tuple[int, str]], witness: Witness) -> tuple[int, datetime] | None:
    for size, text in texts:
        try:
            moment = cosigned_at(line, text, witness.key)
        except BadNote:
            continue
        return (size, moment) if moment else None
    return None
