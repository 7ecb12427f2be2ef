"""A bundle as one file: entries, their proofs and what was opened of them, with the page that says how to check it."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

READ_ME = """\
What this is
============

{title}, for {whom}. It holds {entries} entries of one child's file.

    NUMBER.entry         an entry as it was recorded: it names nobody, and commits to every word that was said
    NUMBER.tlog-proof    the proof that it stands in the signed record
    NUMBER.opened        what of it was opened for you; where there is none, nothing was
    log.vkey             the key of the record. Ask its keepers for it by another way, and compare
    witnesses.policy     who outside signs the record, where witnesses are named

How to check it
===============

You need the program onrecord-witness and nothing else: no network, and nobody's word.

    onrecord-witness bundle . --key log.vkey --policy witnesses.policy

Leave out --policy where there is no such file. It answers, for each entry, whether it stands in the record as it was
recorded, who signed, and what was opened of it. A letter that was changed is found.

What it does not show
=====================

Whether what was recorded is true. What stands on the file besides. What was not opened: ask those who handed this over.
"""


def packed(title: str, whom: str, entries: int, files: Mapping[str, bytes], made_at: datetime) -> bytes:
    """The files, in their order, as one archive."""
    page = READ_ME.format(title=title, whom=whom, entries=entries).encode()
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, data in {"READ ME.txt": page, **files}.items():
            info = ZipInfo(name, made_at.timetuple()[:6])
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, data)
    return made.getvalue()
