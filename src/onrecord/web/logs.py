"""How a line of the log is written. A log is read by people who may read no case."""

import logging

from onrecord.ledger.gateway.trouble import told


class Told(logging.Formatter):
    """The message, and of an error its type and place: never what it says, for a child's words may be in it."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        error = record.exc_info[1] if record.exc_info else None
        bare = logging.makeLogRecord(record.__dict__ | {"exc_info": None, "exc_text": None, "stack_info": None})
        words = told(error) if error else {}
        return " ".join([super().format(bare), *(f"{name}={said}" for name, said in words.items())])
