"""A folder of rules as a zip: unpacked up to a limit, only what a rulebook is made of, then read like any folder."""

import re
import stat
import zlib
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from onrecord.rulebook.facts import Fault, Rulebook
from onrecord.rulebook.gateway.folder import read
from onrecord.rulebook.gateway.frozen import RulebookRefused

LARGEST = 2 * 1024 * 1024
LARGEST_FILE = 64 * 1024
LARGEST_WHOLE = 8 * 1024 * 1024
MOST_FILES = 500
LISTED = b"PK\x01\x02"
"""What stands before each file in the list of files."""
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.yaml")
BESIDE = re.compile(r"(__MACOSX/.*|.*\.DS_Store|.*/)")
"""What a computer puts beside the files of a folder, and the folder itself."""
ZIPPED = "The rules come as one zip file with one folder of YAML files, or with the files themselves."
UNPACKING = (BadZipFile, KeyError, OSError, EOFError, RuntimeError, ValueError, zlib.error)
"""What the library raises for a zip that is damaged, locked, or none: it says so in all these ways."""
DAMAGED = "The zip file can be unpacked, without a password."


def read_zip(data: bytes) -> Rulebook:
    """Read the rulebook in a zip. Nothing in it is followed, run or kept. Raises RulebookRefused with every fault."""
    if len(data) > LARGEST:
        raise _refused("the file", f"{len(data)} bytes", f"It holds at most {LARGEST} bytes.")
    if data.count(LISTED) > MOST_FILES:
        raise _refused("the file", "more files than a rulebook has", f"It holds at most {MOST_FILES} files.")
    try:
        with ZipFile(BytesIO(data)) as folder:
            texts = _texts(folder)
    except RulebookRefused:
        raise
    except UNPACKING:
        raise _refused("the file", "damaged, locked, or no zip file", DAMAGED) from None
    with TemporaryDirectory() as place:
        for name, text in texts.items():
            (Path(place) / name).write_bytes(text)
        return read(Path(place))


def _texts(folder: ZipFile) -> dict[str, bytes]:
    """What the files hold, by name, counted while they are unpacked: what a zip says of its size is not believed."""
    texts: dict[str, bytes] = {}
    whole, within = 0, set[str]()
    for info in folder.infolist():
        if BESIDE.fullmatch(info.filename):
            continue
        name = _name(info)
        within.add(info.filename.rpartition("/")[0])
        if name in texts or len(within) > 1:
            raise _refused(info.filename, "a second folder, or the same name twice", "All files lie in one folder.")
        with folder.open(info) as part:
            texts[name] = part.read(LARGEST_FILE + 1)
        whole += len(texts[name])
        if len(texts[name]) > LARGEST_FILE or whole > LARGEST_WHOLE:
            raise _refused(info.filename, "too large", f"A file holds at most {LARGEST_FILE} bytes.")
    return texts


def _name(info: ZipInfo) -> str:
    """The name of a file, in the folder or in one folder of it; refused where it is no plain file of a rule."""
    parts = info.filename.split("/")
    if len(parts) > 2 or parts[0] in ("", "..") or not NAME.fullmatch(parts[-1]):
        raise _refused(info.filename[:80], "no file of a rulebook", "A rule's file is named by its id: a-b.yaml.")
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise _refused(info.filename, "packed in a way that cannot be counted", "Files are stored or deflated.")
    mode = info.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise _refused(info.filename, "a link, or something else than a file", "Only plain files are read.")
    return parts[-1]


def _refused(place: str, stood: str, says: str) -> RulebookRefused:
    return RulebookRefused([Fault(place, stood, says, ZIPPED)])
