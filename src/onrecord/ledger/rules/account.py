"""What a check of everything proves, and what no check of ours can: said plainly, whatever was found."""

PROVED = "Proved, where every check holds: what stands here is what was recorded, in its order, and nothing is missing."
UNPROVED = (
    "That what was said is true.",
    "That nothing was kept out before it was recorded: receipts, and the counts of those who sent, show that.",
    "That nothing recorded since the last checkpoint was taken out, but for what receipts were given for.",
)
ALONE = "That whoever holds the signing key has not written history anew: nobody outside signs checkpoints yet."
TOGETHER = (
    "That whoever holds the signing key and enough of the witnesses' keys has not written history anew: {signers} sign."
)


def unproved(signers: str) -> tuple[str, ...]:
    """What is not proved, in sentences; `signers` says whose signatures are asked for, if anybody's."""
    return (*UNPROVED, TOGETHER.format(signers=signers) if signers else ALONE)


def erased_by(entries: int, erasures: int) -> str:
    """How much of the record a lawful erasure took, for whoever reads figures or words from it."""
    one = erasures == 1
    return (
        f"Except by {erasures} listed erasure{'' if one else 's'}, of {entries} entr{'y' if entries == 1 else 'ies'}: "
        f"what {'it' if one else 'they'} took is gone, and each says by whom and under what law. No figure counted it."
    )


def epoch_kept(origin: str, signed: int, kept: int) -> str:
    """What of an ended epoch is not here, for whoever reads figures or dates from the record."""
    return (
        f"Except by the epoch {origin}, that was ended: of its {signed} entries {signed - kept} are not here as signed."
    )
