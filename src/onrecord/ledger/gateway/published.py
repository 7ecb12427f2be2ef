"""A folder for others: the record's files as a witness or a mirror reads them. What stands in it is never changed."""

from pathlib import Path

from onrecord.ledger.gateway.home import write_bytes


class Differs(ValueError):
    """The folder holds other bytes under a name that can only ever mean one thing."""


def add_file(folder: Path, path: str, data: bytes) -> bool:
    """Write a file that never changes; whether it was new. Differs if something else stands there."""
    where = folder / path
    if not where.exists():
        write_bytes(where, data, mode=0o644)
        return True
    if where.read_bytes() != data:
        raise Differs(f"{where} is not what the record gives. It was left as it is.")
    return False


def put_file(folder: Path, path: str, data: bytes) -> None:
    """Write a file that says what is newest."""
    write_bytes(folder / path, data, mode=0o644)


def file_of(folder: Path, path: str) -> bytes | None:
    """A file as it stands; None where there is none."""
    where = folder / path
    return where.read_bytes() if where.exists() else None
