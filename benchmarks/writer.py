"""One of the processes of the writers' benchmark: sets a store up, writes to it, or counts what is there."""

import json
import sys

import django

django.setup()

from benchmarks.store import START, found_store, report  # noqa: E402  # models need Django set up
from onrecord.ledger.actions import append, checkpoint, verify  # noqa: E402
from onrecord.ledger.gateway.clock import playing  # noqa: E402
from onrecord.ledger.models import StoredLeaf  # noqa: E402
from onrecord.ledger.queries import size  # noqa: E402


def write(writer: int, count: int) -> None:
    """Append reports one by one, as one of several."""
    for number in range(count):
        append([report(writer * 10**6 + number)])


def counted() -> dict[str, int]:
    """Entries, distinct numbers, distinct ids, and what verify finds."""
    checkpoint()
    leaves = StoredLeaf.objects
    return {
        "size": size(),
        "distinct": leaves.values("seq").distinct().count(),
        "ids": leaves.values("uid").distinct().count(),
        "faults": sum(len(check.faults) for check in verify()),
    }


def main(words: list[str]) -> None:
    """Do what was asked, and tell it as JSON on the last line."""
    if words[0] == "set-up":
        found_store()
        print(json.dumps({"size": size()}))  # noqa: T201
        return
    with playing(START):
        if words[0] == "write":
            write(int(words[1]), int(words[2]))
        else:
            print(json.dumps(counted()))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
