"""Who may see a page, signing in and out, and what somebody keeps to sign in with."""

from onrecord.access.views.handing import handed_out, sealed_file
from onrecord.access.views.seating import lost, seated, viewer_for

__all__ = ["handed_out", "lost", "sealed_file", "seated", "viewer_for"]
