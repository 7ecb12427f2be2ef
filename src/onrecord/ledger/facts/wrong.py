"""What is wrong with what was said: each fault by itself, and the refusal that holds them all."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wrong:
    """One fault in what was said: where, what stood there, and what to do. Never raised alone, never hidden."""

    field: str
    value: str
    message: str
    rule: str


class Refused(ValueError):
    """What was said cannot be recorded as it stands. Holds every fault, so that nothing has to be found twice."""

    def __init__(self, faults: tuple[Wrong, ...]) -> None:
        """Keep the faults, and speak them."""
        super().__init__("; ".join(f"{fault.field}: {fault.message}" for fault in faults))
        self.faults = faults
