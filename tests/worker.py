"""What another process does in a test: `python -m tests.worker report 15` makes fifteen reports."""

import json
import os
import sys
from datetime import datetime

import django
from django.conf import settings

settings.DATABASES.update(json.loads(os.environ["ONRECORD_TEST_DATABASES"]))
django.setup()

from onrecord.duties.actions import tick  # noqa: E402  # models need Django set up
from onrecord.ledger.gateway.clock import playing  # noqa: E402
from tests.partnership import START, Store  # noqa: E402


def main(what: str, argument: str) -> None:
    """Do it, on a played clock."""
    if what == "report":
        with playing(START):
            for _ in range(int(argument)):
                Store().report()
    elif what == "tick":
        moment = datetime.fromisoformat(argument)
        with playing(moment):
            tick(moment, sign=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
