"""Reports, as rows: ids, codes and times."""

from django.db import models


class Report(models.Model):
    """A report and how far it has been answered. What it says stays sealed."""

    uid = models.UUIDField(primary_key=True)
    seq = models.BigIntegerField(unique=True)
    mention = models.UUIDField()
    received_at = models.DateTimeField()
    by = models.CharField(max_length=80)
    agency = models.CharField(max_length=80)
    concern = models.CharField(max_length=40)
    danger_now = models.CharField(max_length=12)
    outcome = models.CharField(max_length=40, blank=True)
    proposed = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)

    class Meta:
        """Table name and indexes."""

        db_table = "intake_report"
        indexes = [
            models.Index(fields=["decided_at", "received_at"], name="intake_report_waiting"),
            models.Index(fields=["by", "-seq"], name="intake_report_by"),
            models.Index(fields=["mention"], name="intake_report_mention"),
        ]
