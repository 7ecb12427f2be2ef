"""What follows, in the work with a child."""

from onrecord.case.rules.file import FOLLOWED_WITHIN, GLASS_HOURS, GLASS_LASTS, joined_by, let_in, must_not_know
from onrecord.case.rules.meetings import (
    MEETS,
    Sides,
    Unrecorded,
    absent,
    needed,
    of_these,
    published,
    quorate,
    sides,
    unrecorded,
    without_later,
)
from onrecord.case.rules.significant import leading, significant
from onrecord.case.rules.trusted import kept_from_them, still_trusted, told_of_them

__all__ = [
    "FOLLOWED_WITHIN",
    "GLASS_HOURS",
    "GLASS_LASTS",
    "MEETS",
    "Sides",
    "Unrecorded",
    "absent",
    "joined_by",
    "kept_from_them",
    "leading",
    "let_in",
    "must_not_know",
    "needed",
    "of_these",
    "published",
    "quorate",
    "sides",
    "significant",
    "still_trusted",
    "told_of_them",
    "unrecorded",
    "without_later",
]
