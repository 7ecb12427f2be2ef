"""Reading what arrives from outside: e-mails, PDF and Word files. Nothing in them is drawn, run or followed."""

from onrecord.intake.gateway.carried import TooOld, carried, taken_up
from onrecord.intake.gateway.crowd import crowd
from onrecord.intake.gateway.mail import messages_in, read_message
from onrecord.intake.gateway.reading import read_paper, texts_in, whole
from onrecord.intake.gateway.uploads import claimed, fetched, ticket

__all__ = [
    "TooOld",
    "carried",
    "claimed",
    "crowd",
    "fetched",
    "messages_in",
    "read_message",
    "read_paper",
    "taken_up",
    "texts_in",
    "ticket",
    "whole",
]
