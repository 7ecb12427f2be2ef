"""The verbs of exchange: what others hold is read into the record, all of a file or nothing of it."""

from onrecord.exchange.actions.census import Imported, ReturnChanged, import_census
from onrecord.exchange.actions.mail import Taken, take_mail
from onrecord.exchange.actions.police import Received, take_notifications
from onrecord.exchange.actions.steps import Step, import_steps
from onrecord.exchange.rules.table import FileRefused

__all__ = [
    "FileRefused",
    "Imported",
    "Received",
    "ReturnChanged",
    "Step",
    "Taken",
    "import_census",
    "import_steps",
    "take_mail",
    "take_notifications",
]
