"""Reports, as rows: ids, codes and times; and the keyed hashes by which somebody who works here is found in one.

`Compared` is operational: how far the watch has compared again. Without it, everything is compared once more.
"""

from django.db import models


class Report(models.Model):
    """A report and how far it has been answered. What it says stays sealed."""

    uid = models.UUIDField(primary_key=True)
    seq = models.BigIntegerField(unique=True)
    mention = models.UUIDField()
    received_at = models.DateTimeField()
    route = models.CharField(max_length=12, blank=True)
    by = models.CharField(max_length=80)
    agency = models.CharField(max_length=80)
    concern = models.CharField(max_length=40)
    danger_now = models.CharField(max_length=12)
    outcome = models.CharField(max_length=40, blank=True)
    proposed = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    decider = models.CharField(max_length=80, blank=True)
    batch = models.CharField(max_length=32, blank=True)

    class Meta:
        """Table name and indexes."""

        db_table = "intake_report"
        indexes = [
            models.Index(fields=["decided_at", "received_at"], name="intake_report_waiting"),
            models.Index(fields=["by", "-seq"], name="intake_report_by"),
            models.Index(fields=["mention"], name="intake_report_mention"),
            models.Index(fields=["seq"], name="intake_report_unrouted", condition=models.Q(route="")),
        ]


class StaffKey(models.Model):
    """One key of somebody who works or worked here, as a keyed hash: of a name, a phone, a plate, a firm or a home.

    `seq` is the number of the entry from which it counts.
    """

    hashed = models.CharField(max_length=64)
    user = models.CharField(max_length=80)
    entry = models.UUIDField()
    seq = models.BigIntegerField()

    class Meta:
        """Table name and indexes."""

        db_table = "intake_staff_key"
        indexes = [
            models.Index(fields=["hashed"], name="intake_staff_key_hashed"),
            models.Index(fields=["entry"], name="intake_staff_key_entry"),
            models.Index(fields=["seq"], name="intake_staff_key_seq"),
        ]


class SealedBy(models.Model):
    """That a report was sealed because of details which were given of somebody, and not because of their name."""

    report = models.UUIDField()
    entry = models.UUIDField()
    user = models.CharField(max_length=80)

    class Meta:
        """Table name and constraints."""

        db_table = "intake_sealed_by"
        constraints = [models.UniqueConstraint(fields=["report", "entry"], name="intake_sealed_by_once")]


class Compared(models.Model):
    """One row: how far comparing again has come, as numbers of entries.

    `changed` is the last change to a report that was looked at; `people` the last that was said of people at work, with
    which every report that waits was compared. While that goes on, `going` is what it is for and `reached` how far.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    changed = models.BigIntegerField(default=-1)
    people = models.BigIntegerField(default=-1)
    going = models.BigIntegerField(null=True)
    reached = models.BigIntegerField(default=-1)

    class Meta:
        """Table name."""

        db_table = "intake_compared"
