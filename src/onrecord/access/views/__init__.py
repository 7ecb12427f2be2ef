"""Who may see a page, signing in and out, and what somebody keeps to sign in with."""

from onrecord.access.views.seating import lost, seated, viewer_for

__all__ = ["lost", "seated", "viewer_for"]
