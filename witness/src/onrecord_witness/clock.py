"""The one place where the time is read."""

import time


def now() -> int:
    """Seconds since 1970, by this machine's clock."""
    return int(time.time())


def wait(seconds: float) -> None:
    """Do nothing for so long."""
    time.sleep(seconds)
