"""Keeping an edition. Which edition is in force is a fact, and said elsewhere."""

from onrecord.rulebook.facts import Rulebook
from onrecord.rulebook.gateway import freeze
from onrecord.rulebook.models import Edition


def keep_edition(rulebook: Rulebook) -> str:
    """Keep the edition if it is not kept yet, and return its digest. Never changes one that is."""
    Edition.objects.get_or_create(digest=rulebook.digest, defaults={"text": freeze(rulebook)})
    return rulebook.digest
