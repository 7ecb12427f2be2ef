"""When two mentions may be one person: by key and in words, online; by weights, in batch."""

from onrecord.linkage.rules.likeness import (
    IDENTIFIERS,
    Likeness,
    compare,
    could_be_family,
    dialled,
    keys_of,
    sound,
    squeezed,
)

__all__ = ["IDENTIFIERS", "Likeness", "compare", "could_be_family", "dialled", "keys_of", "sound", "squeezed"]
