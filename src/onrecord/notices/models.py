"""Notices out. Operational: what was to be said is in the record; this is whether it arrived."""

from django.db import models


class Notice(models.Model):
    """One line to one person: reference, rule, agency and age, and nothing else. Those not `single` go out bundled."""

    id = models.UUIDField(primary_key=True)
    recipient = models.CharField(max_length=80)
    address = models.CharField(max_length=254, blank=True)
    item = models.JSONField()
    single = models.BooleanField()
    made_at = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    try_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)

    class Meta:
        """Table name and indexes."""

        db_table = "notices_notice"
        indexes = [
            models.Index(fields=["try_at"], name="notices_try_at", condition=models.Q(try_at__isnull=False)),
            models.Index(fields=["recipient", "-made_at"], name="notices_recipient"),
        ]
