"""Who is here. `User`, `Token`, `Invitation` and `Cached` are operational; the others are read tables."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from onrecord.ledger.gateway.values import Number


class User(AbstractUser):
    """Somebody who can sign in. Their name stands here and in sealed facts, in no read table."""

    display_name = models.CharField(max_length=120, blank=True)

    class Meta:
        """Table name."""

        db_table = "access_user"


class Agency(models.Model):
    """An organisation that takes part."""

    id = models.CharField(max_length=80, primary_key=True)
    sort = models.CharField(max_length=40)
    joined_seq = models.BigIntegerField()

    class Meta:
        """Table name."""

        db_table = "access_agency"


class Role(models.Model):
    """A role held, with its history: a leaver's row stays."""

    user = models.CharField(max_length=80)
    role = models.CharField(max_length=40)
    agency = models.CharField(max_length=80)
    since_seq = models.BigIntegerField()
    ended_seq = models.BigIntegerField(null=True)

    class Meta:
        """Table name and indexes."""

        db_table = "access_role"
        indexes = [
            models.Index(fields=["role", "agency"], name="access_role_seat"),
            models.Index(fields=["user"], name="access_role_user"),
        ]


class Seat(models.Model):
    """An outside seat that somebody has accepted."""

    user = models.CharField(max_length=80)
    role = models.CharField(max_length=40)
    accepted_seq = models.BigIntegerField()

    class Meta:
        """Table name."""

        db_table = "access_seat"


class Address(models.Model):
    """Where notices to somebody go: which entry says so. The address itself stands sealed in that entry."""

    user = models.CharField(max_length=80)
    entry = models.UUIDField()
    since_seq = models.BigIntegerField()

    class Meta:
        """Table name and indexes."""

        db_table = "access_address"
        indexes = [models.Index(fields=["user"], name="access_address_user")]


class Absence(models.Model):
    """Days on which somebody is away, and who covers."""

    user = models.CharField(max_length=80)
    cover = models.CharField(max_length=80)
    first = models.DateField()
    last = models.DateField()
    noted_seq = models.BigIntegerField()

    class Meta:
        """Table name and indexes."""

        db_table = "access_absence"
        indexes = [models.Index(fields=["last"], name="access_absence_last")]


class Reading(models.Model):
    """A time in which somebody reads what comes to the front door."""

    user = models.CharField(max_length=80)
    start = models.DateTimeField()
    end = models.DateTimeField()
    set_seq = models.BigIntegerField()
    entry = models.UUIDField()

    class Meta:
        """Table name and indexes."""

        db_table = "access_reading"
        indexes = [models.Index(fields=["end"], name="access_reading_end")]


class Membership(models.Model):
    """Somebody in a team of their agency, with its history. `part` is works or leads."""

    user = models.CharField(max_length=80)
    agency = models.CharField(max_length=80)
    team = models.CharField(max_length=40)
    part = models.CharField(max_length=10)
    since_seq = models.BigIntegerField()
    ended_seq = models.BigIntegerField(null=True)

    class Meta:
        """Table name and indexes."""

        db_table = "access_membership"
        indexes = [
            models.Index(fields=["user"], name="access_membership_user"),
            models.Index(fields=["agency", "team"], name="access_membership_team"),
        ]


class Relation(models.Model):
    """Which agency works with whom. `source` is the fact with which it goes; of what holds for good, the subject.

    `team` names the team of the agency that works with them; it is empty where the agency does.
    """

    id = Number(primary_key=True)
    subject = models.UUIDField()
    agency = models.CharField(max_length=80)
    why = models.CharField(max_length=12)
    source = models.UUIDField()
    team = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        """Table name and constraints."""

        db_table = "access_relation"
        constraints = [
            models.UniqueConstraint(fields=["subject", "agency", "why", "source", "team"], name="access_relation_once")
        ]
        indexes = [
            models.Index(fields=["agency", "team"], name="access_relation_team", condition=~models.Q(team="")),
        ]


class Wall(models.Model):
    """Whether something stands behind a wall. One row says how it stands; one more for each person it may be about.

    `state` is unrouted, sealed, outside or open. `against` is empty, or the sign-in name of somebody who never gets
    through.
    """

    id = Number(primary_key=True)
    subject = models.UUIDField()
    state = models.CharField(max_length=10)
    against = models.CharField(max_length=150, blank=True)

    class Meta:
        """Table name and indexes."""

        db_table = "access_wall"
        indexes = [
            models.Index(fields=["subject"], name="access_wall_subject"),
            models.Index(fields=["state"], name="access_wall_closed", condition=~models.Q(state="open")),
        ]


class Restriction(models.Model):
    """Who opens a restricted file of a child: a person, or a team of an agency; a row for each, `source` the fact."""

    subject = models.UUIDField()
    source = models.UUIDField()
    user = models.CharField(max_length=80, blank=True)
    agency = models.CharField(max_length=80, blank=True)
    team = models.CharField(max_length=40, blank=True)

    class Meta:
        """Table name and indexes."""

        db_table = "access_restriction"
        indexes = [models.Index(fields=["subject"], name="access_restriction_subject")]


class Trust(models.Model):
    """That an adult signs in whom a child trusts; `source` is the fact that gave it. No row once it has ended."""

    subject = models.UUIDField()
    source = models.UUIDField()
    user = models.CharField(max_length=80)

    class Meta:
        """Table name and indexes."""

        db_table = "access_trust"
        indexes = [
            models.Index(fields=["user"], name="access_trust_user"),
            models.Index(fields=["subject"], name="access_trust_subject"),
        ]


class Token(models.Model):
    """A key by which another system speaks for a user. Only its SHA-256 is kept."""

    digest = models.CharField(max_length=64, primary_key=True)
    user = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """Table name."""

        db_table = "access_token"


class Invitation(models.Model):
    """A link by which somebody sets their own password, once. Only the SHA-256 of what it carries is kept."""

    digest = models.CharField(max_length=64, primary_key=True)
    user = models.CharField(max_length=80)
    entry = models.UUIDField()
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        """Table name and indexes."""

        db_table = "access_invitation"
        indexes = [models.Index(fields=["user"], name="access_invitation_user")]


class Cached(models.Model):
    """What signing in remembers for a while: failed tries, and codes that were used. It is Django's cache."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        """Table name."""

        db_table = "access_cache"
