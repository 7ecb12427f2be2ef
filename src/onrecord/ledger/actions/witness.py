"""Witnessing: every witness of the policy in force is asked to sign the newest checkpoint."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

import structlog

from onrecord.ledger.gateway.keys import verifiers
from onrecord.ledger.gateway.trouble import told
from onrecord.ledger.gateway.witnesses import (
    Answered,
    Silent,
    carried_answer,
    is_address,
    last_seen,
    leave_request,
    left_request,
    post,
)
from onrecord.ledger.models import StoredCosignature
from onrecord.ledger.queries import (
    as_stored,
    checkpoint_texts,
    cosigned_size,
    leaves,
    policy_in_force,
)
from onrecord.ledger.rules.cosign import cosigned_at
from onrecord.ledger.rules.note import BadNote, Checkpoint, signed_text
from onrecord.ledger.rules.policy import Witness
from onrecord.ledger.rules.proofs import consistency_ranges, filled
from onrecord.ledger.rules.request import request

log = structlog.get_logger()


def held_outside(origin: str, using: str) -> list[tuple[str, Checkpoint]]:
    """What witnesses hold of a log, in words who, and the newest checkpoint that was signed here.

    Whoever is reached by files only cannot be asked: what was last put in their folder is what is known of them. Only
    our own signature counts, so that nobody outside can stop anything by what they say.
    """
    found = []
    for witness in _witnesses():
        try:
            who, note = _known_by(witness, origin, using)
            made = Checkpoint.read(signed_text(note, verifiers("checkpoint")))
        except (Silent, BadNote) as fault:
            log.info("a witness holds nothing of ours", witness=witness.name, why=str(fault))
            continue
        if made.origin == origin:
            found.append((who, made))
    return found


def left_here(using: str) -> list[tuple[str, str]]:
    """What lies ready in the folders of the witnesses who are reached by files: in words whose, and the note."""
    found = []
    for witness in _witnesses():
        if not is_address(witness.where):
            with suppress(Silent):
                found.append(_known_by(witness, "", using))
    return found


def _known_by(witness: Witness, origin: str, using: str) -> tuple[str, str]:
    """Who knows it, in words, and the note that they have. Raises Silent."""
    if is_address(witness.where):
        return f"the witness {witness.name}", last_seen(witness.where, origin)
    return f"the folder of the witness {witness.name}", left_request(f"{witness.where}/{using}")


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
