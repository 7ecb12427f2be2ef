"""Check the ledger, sign it, rebuild what follows from it, read a receipt, prove what stands in it."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from onrecord.ledger.actions import Check, Frozen, NotSigned
from onrecord.ledger.actions import checkpoint as sign
from onrecord.ledger.actions import prove as make_proof
from onrecord.ledger.actions import rebuild as make_again
from onrecord.ledger.actions import rotate as change_key
from onrecord.ledger.actions import verify as check_all
from onrecord.ledger.actions.checks import FRESH
from onrecord.ledger.actions.rebuild import NotReplayed
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.home import must_be_set_up
from onrecord.ledger.gateway.keys import verifiers
from onrecord.ledger.gateway.published import put_file
from onrecord.ledger.gateway.trouble import UNREAD
from onrecord.ledger.gateway.verified import keep
from onrecord.ledger.queries import (
    NoSuchEntry,
    as_stored,
    ended_epochs,
    except_by,
    last_cosigned,
    leaf_of,
    policy_in_force,
    promised,
    receipt_standing,
    size,
    witness_file,
)
from onrecord.ledger.rules.account import PROVED, epoch_kept, unproved
from onrecord.ledger.rules.merkle import leaf_hash
from onrecord.ledger.rules.note import BadNote
from onrecord.ledger.rules.receipt import Receipt, spoken_standing
from onrecord.ledger.rules.weaker import WITNESS_FILE

AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]

console = Console(stderr=True)
NOT_READ = "What was erased, and what ended epochs lost, cannot be read."


@contextmanager
def bar(words: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on the terminal's error stream; silent when there is no terminal."""
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task(words, total=None)
        yield lambda done, of: progress.update(task, completed=done, total=of)


def verify(as_json: AsJson = False) -> None:
    """Check the record and the reads ledger. Answers 1 when a check fails."""
    must_be_set_up()
    found: dict[str, list[Check]] = {}
    for using in ("default", "reads"):
        with bar(f"Checking {'the record' if using == 'default' else 'the reads'}") as progress:
            found[using] = check_all(using, progress)
    found_plainly = {using: [vars(check) for check in checks] for using, checks in found.items()}
    try:
        lost, not_proved = _lost(), unproved(promised(None).quorum)
    except UNREAD:
        lost, not_proved = [NOT_READ], unproved("")
    keep({"at": now().isoformat(), "checks": found_plainly, "except_by": lost})
    if as_json:
        typer.echo(json.dumps(found_plainly | {"except_by": lost, "not_proved": not_proved}))
    else:
        for using, checks in found.items():
            _tell("The record" if using == "default" else "The reads ledger", using, checks)
        typer.echo("\n".join((PROVED, *lost, "Not proved:", *(f"  {words}" for words in not_proved))))
    if any(check.faults for checks in found.values() for check in checks):
        raise typer.Exit(1)


def _lost() -> list[str]:
    """What is not here: of ended epochs, of both logs, and by lawful erasures."""
    return except_by(now()) + [
        epoch_kept(epoch.origin, epoch.signed, epoch.kept)
        for using in ("default", "reads")
        for epoch in ended_epochs(using).values()
    ]


def _tell(name: str, using: str, checks: list[Check]) -> None:
    with suppress(*UNREAD):
        typer.echo(f"{name}: {size(using)} entries")
    for check in checks:
        typer.echo(f"  {'FAULT' if check.faults else 'holds'}  {check.number}. {check.proves}")
        for fault in check.faults:
            typer.echo(f"         - {fault}")


def rebuild(
    check: Annotated[bool, typer.Option("--check", help="Compare only; keep the tables as they are.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make the read tables again from the record. With --check, prove them equal; answers 1 when one is not."""
    with bar("Reading the record again") as progress:
        try:
            equal = make_again(check=check, progress=progress)
        except NotReplayed as fault:
            typer.echo(f"Nothing was changed. {fault}", err=True)
            raise typer.Exit(1) from None
    if as_json:
        typer.echo(json.dumps(equal))
    else:
        for table, same in equal.items():
            typer.echo(f"{'equal' if same else 'DIFFERED'}  {table}")
        typer.echo("Nothing was changed." if check else "The read tables were made again.")
    if check and not all(equal.values()):
        raise typer.Exit(1)


def checkpoint(as_json: AsJson = False) -> None:
    """Sign the record and the reads ledger as they stand. Answers 1, and signs nothing, when one is frozen."""
    notes = {}
    for using in ("default", "reads"):
        try:
            notes[using] = sign(using)
        except Frozen as reason:
            typer.echo(f"Not signed. {reason}", err=True)
            raise typer.Exit(1) from None
        except UNREAD as fault:
            typer.echo(f"Not signed. {using} cannot be read ({type(fault).__name__}). Run `onrecord verify`.", err=True)
            raise typer.Exit(1) from None
    typer.echo(json.dumps(notes) if as_json else "\n".join(notes.values()))
    if words := WITNESS_FILE.get(witness_file()):
        typer.echo(words, err=True)


def receipt(
    file: Annotated[Path, typer.Argument(help="A receipt, as a text file; - reads it from the keyboard.")],
    as_json: AsJson = False,
) -> None:
    """Check a receipt against the record. Answers 1 when it does not hold."""
    try:
        note = sys.stdin.read() if str(file) == "-" else file.read_text()
        handed = Receipt.read(note, *verifiers("receipt"))
        held, words = _standing(handed)
    except OSError as error:
        raise typer.BadParameter(f"{file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        held, words = False, "This is not a receipt of this record: it is not text."
    except BadNote as fault:
        held, words = False, f"This is not a receipt of this record: {fault}."
    except NoSuchEntry:
        held, words = False, "The receipt is genuine and the record does not hold the entry. Keep it: this is evidence."
    typer.echo(json.dumps({"holds": held, "words": words}) if as_json else words)
    if not held:
        raise typer.Exit(1)


def _standing(handed: Receipt) -> tuple[bool, str]:
    """Whether the record holds what a genuine receipt is of and kept its promise, and what became of it in words."""
    if leaf_hash(as_stored(leaf_of(handed.entry).payload)) != handed.leaf_hash:
        return False, "The record holds something else. Keep this receipt."
    made = receipt_standing(handed.entry, now())
    return made.code != "broken", f"The record holds this entry, unchanged. {spoken_standing(made)}"


def witnesses(as_json: AsJson = False) -> None:
    """Who outside is asked to sign checkpoints, and what they signed last. Answers 1 when too few have, lately."""
    policy, promise = policy_in_force(), promised(None)
    signed = {name: last_cosigned(str(one.key)) for name, one in policy.witnesses.items()} if policy else {}
    fresh = [name for name, last in signed.items() if last and now() - last.signed_at <= FRESH]
    enough = policy is None or policy.enough(fresh)
    if as_json:
        said = {name: last and {"size": last.size, "at": last.signed_at.isoformat()} for name, last in signed.items()}
        typer.echo(json.dumps({"quorum": promise.quorum, "enough": enough, "file": witness_file(), "signed": said}))
    else:
        typer.echo(f"A checkpoint is to be signed by us and by {promise.quorum or 'nobody else'}.")
        if policy and (file := WITNESS_FILE.get(witness_file())):
            typer.echo(file)
        for name, last in signed.items():
            words = f"{last.size} entries, {last.signed_at:%Y-%m-%d %H:%M} UTC" if last else "nothing yet"
            typer.echo(f"  {name}: {words}")
        if not enough:
            typer.echo("Too few have signed in the last day. Are they asked? Does somebody carry the files?")
    if not enough:
        raise typer.Exit(1)


def rotate(
    use: Annotated[str, typer.Argument(help="Which key: checkpoint, or receipt.")],
) -> None:
    """Change a key that signs. The old one signs that the new one follows it; everybody who trusts it can follow."""
    if use not in ("checkpoint", "receipt"):
        raise typer.BadParameter("Say checkpoint or receipt.")
    try:
        made = change_key(use)
    except Frozen as reason:
        typer.echo(f"Nothing was changed. {reason}", err=True)
        raise typer.Exit(1) from None
    typer.echo(f"The {use} key is now {made}")
    typer.echo(f"Read this to every witness over the telephone, so that they trust it: {made.mark()}")


def prove(
    folder: Annotated[Path, typer.Argument(help="Where the proofs are to stand.")],
    entries: Annotated[list[UUID], typer.Argument(help="The ids of the entries.")],
    reads: Annotated[bool, typer.Option("--reads", help="Of the log of who read what.")] = False,
) -> None:
    """Write, for a court or an inquiry, proofs that entries stand in the record. They hold no name and no word."""
    using = "reads" if reads else "default"
    try:
        proofs = make_proof(entries, using)
    except (NoSuchEntry, NotSigned) as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from None
    for uid, made in zip(entries, proofs, strict=True):
        put_file(folder, f"{uid}.entry", made.entry)
        put_file(folder, f"{uid}.tlog-proof", made.proof.encode())
    put_file(folder, "log.vkey", "".join(f"{key}\n" for key in verifiers("checkpoint")[:1]).encode())
    typer.echo(f"{len(entries)} proofs are in {folder}. Check them with")
    typer.echo("  onrecord-witness bundle . --key log.vkey")
