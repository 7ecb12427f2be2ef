"""Begin: the first facts of a record, and the keys it announces."""

from django.db import transaction

from onrecord.ledger.actions.append import append
from onrecord.ledger.actions.heads import first_head
from onrecord.ledger.facts import Begun, KeyAnnounced, Saying
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.home import home, name_record, origin
from onrecord.ledger.gateway.keys import make_keys, signer
from onrecord.ledger.queries import size
from onrecord.ledger.rules.machine import machine_saying


def begin(new_origin: str, partnership: str) -> None:
    """Set a record up: origin, keys, first entries in both ledgers. Done again, it changes nothing.

    Raises ValueError if this folder already holds a record under another origin.
    """
    name_record(new_origin)
    if origin() != new_origin:
        raise ValueError(f"{home()} already holds the record {origin()}. Choose another folder.")
    make_keys()
    for using in ("default", "reads"):
        with transaction.atomic(using=using):
            if not size(using):
                append(_first(partnership), using)
        first_head(using)


def _first(partnership: str) -> list[Saying]:
    announced = [KeyAnnounced(use=use, vkey=str(signer(use).verifier())) for use in ("receipt", "checkpoint")]
    return [machine_saying(fact, now()) for fact in (Begun(origin=origin(), partnership=partnership), *announced)]
