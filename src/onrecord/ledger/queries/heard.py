"""Which witnesses are named, and what each signed last."""

from django.db.models import Max

from onrecord.ledger.gateway.witnesses import is_address
from onrecord.ledger.models import StoredCosignature
from onrecord.ledger.queries.witnessed import policy_in_force
from onrecord.ledger.rules.heard import Heard


def heard_last(using: str = "default") -> list[Heard]:
    """Every witness of the policy in force, in its order; none where nobody is named."""
    policy = policy_in_force()
    if policy is None:
        return []
    keys = {str(one.key): one for one in policy.witnesses.values()}
    signed = StoredCosignature.objects.using(using).filter(witness__in=keys)
    rows = {key: (size, at) for key, size, at in signed.values_list("witness").annotate(Max("size"), Max("signed_at"))}
    return [Heard(one.name, not is_address(one.where), *rows.get(key, (0, None))) for key, one in keys.items()]
