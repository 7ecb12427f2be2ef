"""Sealed files: what came with a report, kept as it came, outside the database, and never shown.

A file is sealed under the same key as what is said, bound to its own id, written whole and forced to disc before any
entry commits to it. So a crash can leave a file that no entry names, and never an entry whose file was not kept.
"""

import os
import secrets
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag

from onrecord.ledger.gateway.destroying import destroy
from onrecord.ledger.gateway.home import home
from onrecord.ledger.gateway.keys import seal, unseal

BINDING = b"onrecord file "
"""Bound with the id, so that a file can never stand in for what an entry says, nor the other way round."""
DRAFT = ".new"


class NoFile(LookupError):
    """There is no sealed file under this id."""

    def __init__(self, uid: UUID) -> None:
        """Keep the id."""
        super().__init__(f"There is no file {uid}.")
        self.uid = uid


class FileSpoilt(ValueError):
    """What stands under this id is not what was sealed there."""


class FileTaken(ValueError):
    """Another file stands under this id already. It is left as it is."""


def keep_file(uid: UUID, plain: bytes) -> None:
    """Seal a file and force it to disc. The same file again changes nothing; FileTaken if another stands there."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f"{uid}.{secrets.token_hex(4)}{DRAFT}"
    try:
        _write(draft, seal(_bound(uid), plain))
        os.link(draft, folder / str(uid))  # fails where something stands: nothing is ever written over
    except FileExistsError:
        if not _holds(uid, plain):
            raise FileTaken(f"Another file is kept under {uid} already.") from None
    finally:
        draft.unlink(missing_ok=True)
    _settle(folder)


def open_file(uid: UUID) -> bytes:
    """A sealed file, opened. Raises NoFile and FileSpoilt."""
    try:
        sealed = (_folder() / str(uid)).read_bytes()
    except FileNotFoundError:
        raise NoFile(uid) from None
    try:
        return unseal(_bound(uid), sealed)
    except (InvalidTag, ValueError):
        raise FileSpoilt(f"The file {uid} was changed after it was sealed.") from None


def erase_file(uid: UUID) -> None:
    """Remove a sealed file that was lawfully erased: overwritten first, as far as a disc lets anybody."""
    destroy(_folder() / str(uid))


def kept_files() -> list[str]:
    """The names of everything in the folder of sealed files, in order."""
    folder = _folder()
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def _folder() -> Path:
    return home() / "files"


def _bound(uid: UUID) -> bytes:
    return BINDING + uid.bytes


def _holds(uid: UUID, plain: bytes) -> bool:
    try:
        return open_file(uid) == plain
    except FileSpoilt:
        return False


def _write(path: Path, sealed: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Force the names in a folder to disc, and the name of the folder itself."""
    for path in (folder, folder.parent):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
