"""What may be logged of an error. A log is read by people who may read no case."""

import traceback
import zlib

from cryptography.exceptions import InvalidTag
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError

from onrecord.ledger.gateway.home import Damaged

UNOPENED = (Damaged, InvalidTag, LookupError, ValueError, TypeError, zlib.error)
"""What reading an entry raises where it is not what this program wrote."""
UNREAD: tuple[type[Exception], ...] = (*UNOPENED, AttributeError, ArithmeticError, ObjectDoesNotExist, DatabaseError)
"""What reading a table raises besides, where a row of it is not what this program writes."""


def told(error: BaseException) -> dict[str, str]:
    """Its type, and where it was raised: never its message or a variable, for a child's words may be in them."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename.rpartition('/onrecord/')[2]}:{frame.lineno}" for frame in frames[-3:]]
    return {"error": type(error).__name__, "where": " > ".join(places)}
