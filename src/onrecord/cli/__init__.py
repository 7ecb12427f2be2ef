"""The one command. Every command takes --json, and answers non-zero when it finds fault."""

import os
import sys
from importlib import import_module

import django


def main() -> None:
    """Set Django up, then hand over to the commands, whose models can be imported only after that."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onrecord.web.settings")
    try:
        django.setup()
    except OSError as fault:
        sys.exit(f"{fault.filename} cannot be used: {fault.strerror}. ONRECORD_HOME names the record's folder.")
    sys.exit(import_module("onrecord.cli.app").run())
