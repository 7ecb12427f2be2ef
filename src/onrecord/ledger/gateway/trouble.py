"""What may be logged of an error. A log is read by people who may read no case."""

import traceback


def told(error: BaseException) -> dict[str, str]:
    """Its type, and where it was raised: never its message or a variable, for a child's words may be in them."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename.rpartition('/onrecord/')[2]}:{frame.lineno}" for frame in frames[-3:]]
    return {"error": type(error).__name__, "where": " > ".join(places)}
