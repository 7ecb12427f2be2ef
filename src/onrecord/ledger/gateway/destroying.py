"""A file that is not to be read again: overwritten as far as a disc lets anybody, then removed."""

import os
from pathlib import Path


def destroy(path: Path) -> bool:
    """Overwrite a file, remove it and force that to disc; whether it was there."""
    if not path.is_file():
        return False
    with path.open("r+b") as file:
        file.write(b"\0" * path.stat().st_size)
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    return True
