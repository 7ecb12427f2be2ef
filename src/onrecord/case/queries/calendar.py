"""Who takes their meetings into a calendar."""

from hashlib import sha256

from onrecord.access.queries import viewer_of
from onrecord.access.rules import Viewer
from onrecord.case.models import CalendarKey


def digest_of(secret: str) -> str:
    """What is kept of an address: it carries 32 random bytes, so that no slow hash is needed."""
    return sha256(secret.encode()).hexdigest()


def has_calendar(viewer: Viewer) -> bool:
    """Whether somebody has an address for their calendar."""
    return CalendarKey.objects.filter(user=viewer.user).exists()


def viewer_by_calendar(secret: str) -> Viewer | None:
    """Whose calendar this is; None for an address that was taken back, or that nobody made, or of nobody here."""
    found = CalendarKey.objects.filter(digest=digest_of(secret)).first()
    return viewer_of(found.user) if found else None
