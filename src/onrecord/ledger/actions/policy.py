"""Who witnesses the record: what the policy file says is put on record, and asks less only when outside agrees.

The file is only how a policy is handed in. What counts is on record. A policy that asks as much or more counts at once.
One that asks less is a proposal that somebody outside agrees to; until then nothing changes, and the watch says that
file and record differ.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

import structlog

from onrecord.ledger.actions.append import append
from onrecord.ledger.facts import Entry, Lowering, WitnessesNamed, WitnessFileAgrees, WitnessFileDiffers
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.trouble import told
from onrecord.ledger.gateway.witnesses import policy_text
from onrecord.ledger.queries import entries, file_alarms, last_of, policy_in_force, promised, untaken
from onrecord.ledger.queries.witnessed import NOBODY
from onrecord.ledger.rules.machine import machine_saying
from onrecord.ledger.rules.policy import BadPolicy, Policy, digest, read_policy
from onrecord.ledger.rules.weaker import weaker

log = structlog.get_logger()


def name_witnesses() -> None:
    """Put the policy file on record when it says something new, and say when file and record differ.

    A file that is wrong or gone changes nothing: whoever is to be asked no more is left out by a new file, for
    everybody to see.
    """
    text, known = policy_text(), promised(None).policy
    if text is not None and known == digest(text):
        _say_differs("")
    elif text is not None:
        _name_new(text, known)
    elif known:
        _say_differs("gone")


def name_agreed(proposal: UUID, at: datetime) -> Entry:
    """Name those of a proposed policy, which somebody outside agreed to. From here on it is promised."""
    fact = entries([proposal])[0].saying.fact
    uid = untaken(uuid5(proposal, "agreed"), fact.kind)
    saying = machine_saying(fact, at, uid=uid, regarding=(proposal,))
    return append([saying])[0]


def _name_new(text: str, known: str) -> None:
    try:
        policy = read_policy(text)
        old = policy_in_force() if known else None
    except BadPolicy as fault:
        log.error("the policy file is not used", why=str(fault))
        return _say_differs("wrong" if known else "")
    except Exception as error:
        log.error("the policy in force cannot be read", **told(error))
        return None
    if old is None or not (less := weaker(old, policy)):
        append([machine_saying(_named(policy, text), now())])
        return _say_differs("")
    if last_of([WitnessesNamed.kind], 1)[0].coded["digest"] != digest(text):
        saying = machine_saying(_named(policy, text, "less"), now())
        why = Lowering(reason="takes_two", words=f"By the new file {'; '.join(less)}.")
        append([replace(saying, lowering=why)])
    return _say_differs("weaker")


def _named(policy: Policy, text: str, outside: str | None = None) -> WitnessesNamed:
    return WitnessesNamed(signers=policy.spoken() or NOBODY, digest=digest(text), policy=text, outside=outside)


def _say_differs(how: str) -> None:
    """Say once in which way file and record differ, and once that they agree again (no way)."""
    open_since = file_alarms()
    if how and (not open_since or open_since[0].coded["how"] != how):
        append([machine_saying(WitnessFileDiffers(how=how), now())])
    elif open_since and not how:
        regarding = tuple(line.id for line in open_since)
        uid = untaken(uuid5(regarding[0], "agrees"), WitnessFileAgrees.kind)
        append([machine_saying(WitnessFileAgrees(), now(), uid=uid, regarding=regarding)])
