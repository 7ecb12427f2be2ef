"""The one table of this stage: who takes their meetings into a calendar. Columns and constraints, no behaviour."""

from django.db import models


class CalendarKey(models.Model):
    """By which address somebody's calendar reads their meetings. Only its SHA-256 is kept. Operational."""

    user = models.CharField(max_length=80, primary_key=True)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        """Table name."""

        db_table = "case_calendar"
