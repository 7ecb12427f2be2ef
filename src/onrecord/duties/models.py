"""What is owed, as rows. `Owed` is a read table; `Beat` is operational: when the watch last looked."""

from django.db import models


class Owed(models.Model):
    """One duty occurrence. Whether it is late follows from `due_at` and the time of asking, so no row goes stale."""

    key = models.UUIDField(primary_key=True)
    rule = models.CharField(max_length=80)
    edition = models.CharField(max_length=64)
    alarm = models.CharField(max_length=12)
    opening = models.UUIDField()
    occurrence = models.IntegerField()
    mention = models.UUIDField(null=True)
    role = models.CharField(max_length=40)
    agency = models.CharField(max_length=80)
    holder = models.CharField(max_length=80, blank=True)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=8)
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)
    raised = models.CharField(max_length=40, blank=True)
    rung = models.IntegerField()
    look_at = models.DateTimeField(null=True)
    wall = models.UUIDField(null=True)

    class Meta:
        """Table name and indexes."""

        db_table = "duties_owed"
        indexes = [
            models.Index(fields=["look_at"], name="duties_look_at", condition=models.Q(look_at__isnull=False)),
            models.Index(fields=["opening"], name="duties_opening"),
            models.Index(fields=["agency", "role", "due_at"], name="duties_seat", condition=models.Q(state="open")),
            models.Index(fields=["mention", "alarm"], name="duties_mention"),
            models.Index(fields=["due_at"], name="duties_due", condition=models.Q(state="open")),
            models.Index(fields=["wall"], name="duties_wall", condition=models.Q(wall__isnull=False)),
        ]


class Adoption(models.Model):
    """Which edition was adopted when, and when it took effect."""

    entry = models.UUIDField(primary_key=True)
    digest = models.CharField(max_length=64)
    effective_at = models.DateTimeField(null=True)
    seq = models.BigIntegerField()

    class Meta:
        """Table name."""

        db_table = "duties_adoption"


class Beat(models.Model):
    """One row: the watch's last beat, and what it could not do."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    at = models.DateTimeField()
    frozen = models.CharField(max_length=300, blank=True)

    class Meta:
        """Table name."""

        db_table = "duties_beat"
