"""When two mentions may be one person: by key and in words, online; by weights, in batch."""

from onrecord.linkage.rules.keys import keys_of
from onrecord.linkage.rules.likeness import Likeness, compare, could_be_family, grown, sound, told_of
from onrecord.linkage.rules.mention import IDENTIFIERS, dialled, mention, mentioned, squeezed

__all__ = [
    "IDENTIFIERS",
    "Likeness",
    "compare",
    "could_be_family",
    "dialled",
    "grown",
    "keys_of",
    "mention",
    "mentioned",
    "sound",
    "squeezed",
    "told_of",
]
