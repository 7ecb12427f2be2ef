"""Sealed files and the entries that commit to them: what is missing, what was changed, what no entry names."""

from collections.abc import Iterator
from hashlib import sha256
from uuid import UUID

from onrecord.ledger.facts import Fact
from onrecord.ledger.gateway.files import FileSpoilt, NoFile, kept_files, open_file
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries.entries import entries
from onrecord.ledger.queries.erased import erased_files
from onrecord.ledger.queries.lines import envelopes


def file_fault(uid: UUID, fact: Fact) -> str:
    """What is wrong with the file that an entry commits to; "" where nothing is, and where it commits to none."""
    if not fact.keeps_file:
        return ""
    try:
        kept = open_file(uid)
    except NoFile:
        return f"its file {uid} is missing"
    except FileSpoilt:
        return f"its file {uid} was changed after it was sealed"
    if sha256(kept).hexdigest() != getattr(fact, fact.keeps_file):
        return f"its file {uid} is not the one that it commits to"
    return ""


def file_faults() -> Iterator[str]:
    """Every fault of every sealed file, for `onrecord doctor`. It opens each of them."""
    kinds = [made.kind for made in catalogue().values() if made.keeps_file]
    named = {row.uid: row.seq for row in envelopes(kinds)}
    erased = erased_files()
    for made in entries(named):
        fault = file_fault(made.id, made.saying.fact)
        if made.id in erased and not fault.endswith("is missing"):
            yield f"Entry {made.seq}: its file was erased, and stands in the folder files still. Remove it."
        if fault and made.id not in erased:
            yield f"Entry {made.seq}: {fault}. Put it back from a backup of the folder files."
    for name in kept_files():
        if name not in {str(uid) for uid in named}:
            yield f"The file {name} in the folder files belongs to no report. It may be evidence: keep it."
