"""How a report is asked for: of somebody who signed in, and at the doors where nobody does."""

from onrecord.intake.forms.reports import CALLED, CallForm, Came, Rang, Referral, ReportForm

__all__ = ["CALLED", "CallForm", "Came", "Rang", "Referral", "ReportForm"]
