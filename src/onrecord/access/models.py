"""Who is here. `User` and `Token` are operational; `Agency` and `Role` are read tables."""

from django.contrib.auth.models import AbstractUser
from django.db import models


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


class Token(models.Model):
    """A key by which another system speaks for a user. Only its SHA-256 is kept."""

    digest = models.CharField(max_length=64, primary_key=True)
    user = models.CharField(max_length=80)
    made_at = models.DateTimeField()

    class Meta:
        """Table name."""

        db_table = "access_token"
