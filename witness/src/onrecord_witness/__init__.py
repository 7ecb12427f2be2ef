"""An outside witness of a transparency log: it checks, signs what it has seen, and keeps the evidence.

It needs nothing but Python, and imports nothing of the program whose record it checks. The formats are public: RFC 6962
and 9162 (the tree), and those of C2SP: signed-note, tlog-checkpoint, tlog-cosignature, tlog-witness, tlog-tiles,
tlog-proof, tlog-policy.
"""

__version__ = "0.1.0"


class Refused(ValueError):
    """What was handed in is not what it should be. Says why in a sentence; nothing was signed or kept."""
