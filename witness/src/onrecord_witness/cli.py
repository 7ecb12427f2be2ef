"""The command `onrecord-witness`. Every command takes --json, and answers non-zero when it finds fault."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from onrecord_witness import Refused, __version__, commands, handed

SUMMARY = "Check a record that others keep, sign what you have seen, and keep the evidence if it was changed."
MOST = 366 * 86_400
HOME = Path(os.environ.get("ONRECORD_WITNESS_HOME") or Path.home() / ".onrecord-witness")


def main(words: Sequence[str] | None = None) -> int:
    """Run the command that was asked for; its exit status: 0 all is well, 1 a fault, 2 misspelt."""
    asked = parser().parse_args(words)
    try:
        done: int = asked.run(asked)
    except Refused as fault:
        commands.tell(asked, {"refused": str(fault)}, f"Refused: {fault}.")
        return 1
    except OSError as fault:
        commands.tell(asked, {"refused": str(fault)}, f"{fault.filename or 'A file'} cannot be used: {fault.strerror}.")
        return 1
    except KeyboardInterrupt:
        return 0
    return done


def duration(text: str) -> float:
    """Hours or seconds: a number above nothing, and no more than a year of seconds."""
    if not 0 < (made := float(text)) <= MOST:
        raise ValueError
    return made


def parser() -> argparse.ArgumentParser:
    """The commands and their words."""
    made = argparse.ArgumentParser("onrecord-witness", description=SUMMARY)
    made.add_argument("--version", action="version", version=f"onrecord-witness {__version__}")
    verbs = made.add_subparsers(required=True, metavar="COMMAND")
    for name, (run, says, takes) in VERBS.items():
        verb = verbs.add_parser(name, help=says, description=says)
        verb.add_argument("--home", type=Path, default=HOME, help="your folder (ONRECORD_WITNESS_HOME)")
        verb.add_argument("--json", action="store_true", help="answer in JSON")
        for word in takes.split():
            flag, said = WORDS[word]
            verb.add_argument(flag, **said)
        verb.set_defaults(run=run)
    return made


WORDS: dict[str, tuple[str, dict[str, Any]]] = {
    "NAME": ("name", {"help": "your name as a witness, such as inspectorate.example/witness"}),
    "KEY": ("key", {"help": "the log's key, or the file log.vkey that holds it"}),
    "REQUEST": ("request", {"type": Path, "help": "the log's request, a file"}),
    "OLD": ("old", {"type": Path, "help": "the older checkpoint, a file"}),
    "NEW": ("new", {"type": Path, "help": "the newer checkpoint, a file"}),
    "RECEIPT": ("receipt", {"type": Path, "help": "the receipt, a file"}),
    "FOLDER": ("folder", {"type": Path, "help": "the folder that was handed over"}),
    "ENTRY": ("entry", {"type": Path, "help": "the entry's bytes, a file"}),
    "WHERE": ("where", {"help": "the log's folder or address"}),
    "--origin": ("--origin", {"default": "", "help": "the log's origin, where it is not the name of its key"}),
    "--receipts": ("--receipts", {"default": "", "help": "the key that signs receipts, or the file receipt.vkey"}),
    "--log": ("--log", {"default": "", "help": "the log's folder or address"}),
    "--replace": ("--replace", {"action": "store_true", "help": "trust no earlier key of this log any more"}),
    "--out": ("--out", {"type": Path, "help": "write the answer to this file"}),
    "--policy": ("--policy", {"type": Path, "help": "the policy file: whose signatures are enough"}),
    "--proof": ("--proof", {"type": Path, "help": "a proof (.tlog-proof) in place of the log"}),
    "--opened": ("--opened", {"type": Path, "help": "what of the entry was opened, a file"}),
    "--keep": ("--keep", {"type": Path, "help": "write the proof to this file"}),
    "--live": ("--live", {"action": "store_true", "help": "the folder is the log's own, as it stands now"}),
    "--folder": ("--folder", {"type": Path, "help": "a folder of receipts that must be kept"}),
    "--key": ("--key", {"default": "", "help": "the log's key or its file, where you do not trust this log yet"}),
    "--silence": ("--silence", {"type": duration, "default": 25, "help": "hours after which silence is an alarm (25)"}),
    "--every": ("--every", {"type": duration, "default": 60, "help": "seconds between two looks (60)"}),
    "--once": ("--once", {"action": "store_true", "help": "look once"}),
    "--host": ("--host", {"default": "127.0.0.1", "help": "the address to answer at (127.0.0.1)"}),
    "--port": ("--port", {"type": int, "default": 7700, "help": "the port to answer at (7700)"}),
}

VERBS = {
    "keygen": (commands.keygen, "make your key, once", "NAME"),
    "trust": (commands.trust, "watch a log from now on", "KEY --origin --receipts --log --replace"),
    "sign": (commands.sign, "answer a log's request that came as a file", "REQUEST --out"),
    "serve": (commands.serve, "answer a log's requests over HTTP", "--host --port"),
    "compare": (commands.compare, "compare two checkpoints of one log", "OLD NEW --log"),
    "receipt": (
        commands.receipt,
        "say what became of a receipt",
        "RECEIPT --log --origin --policy --proof --keep --live",
    ),
    "proof": (
        handed.proof,
        "check the proof of an entry, without the log",
        "ENTRY --proof --opened --key --origin --policy",
    ),
    "bundle": (handed.bundle, "check a folder of entries that was handed over", "FOLDER --key --origin --policy"),
    "verify": (commands.verify, "read a whole log again", "WHERE --origin --key --policy"),
    "watch": (
        commands.watch,
        "look again and again; alarm on change, silence and broken promises",
        "WHERE --origin --policy --folder --silence --every --once",
    ),
}
