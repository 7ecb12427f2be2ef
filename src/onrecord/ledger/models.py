"""The ledger's tables: columns and constraints only.

`StoredLeaf`, `Opening`, `Resealing`, `Head`, `StoredCheckpoint` and `StoredCosignature` are the record, guarded by the
database itself (see the guards in the migrations). `Envelope`, `About` and `Regards` are read tables: ids, codes and
times, never a name or a word. `Unprojected` is operational: what a read table still owes to an entry whose projection
failed.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import models

from onrecord.ledger.gateway.values import Number, Place, ids_of, ids_text


class Ids(models.TextField):  # type: ignore[type-arg]
    """Several ids in order, as one text: every append reads them back for each entry of a thread."""

    def to_python(self, value: Any) -> Any:
        """The ids of a text."""
        return ids_of(value) if isinstance(value, str) else value

    def from_db_value(self, value: str, expression: Any, connection: Any) -> tuple[UUID, ...]:
        """The same, where a model is read."""
        return ids_of(value)

    def get_prep_value(self, value: Iterable[UUID]) -> str:
        """The text."""
        return ids_text(value)


class StoredLeaf(models.Model):
    """One entry: its place, its id, the canonical bytes, and their RFC 6962 leaf hash (32 bytes)."""

    seq = Place(primary_key=True)
    uid = models.UUIDField(unique=True)
    payload = models.BinaryField()
    leaf_hash = models.BinaryField()

    class Meta:
        """Table name and constraints."""

        db_table = "ledger_leaf"
        constraints = [models.CheckConstraint(condition=models.Q(seq__gte=0), name="ledger_leaf_seq_from_zero")]


class Opening(models.Model):
    """What a leaf commits to, sealed with AES-256-GCM under a key kept outside the database."""

    uid = models.UUIDField(primary_key=True)
    sealed = models.BinaryField()
    key_id = models.CharField(max_length=40)

    class Meta:
        """Table name."""

        db_table = "ledger_opening"


class Resealing(models.Model):
    """That an opening was sealed again without what was erased: in whose name, and the marks of both seals.

    A mark is the beginning and the end of what is sealed: it says which seal, and nothing of what is in it.
    """

    erasure = models.UUIDField(primary_key=True)
    uid = models.UUIDField()
    was = models.CharField(max_length=56)
    becomes = models.CharField(max_length=56)
    key_id = models.CharField(max_length=40)

    class Meta:
        """Table name."""

        db_table = "ledger_resealing"


class Head(models.Model):
    """One row: the lock every append takes first. Size and time only ever grow."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField(default=0)
    recorded_at = models.DateTimeField()

    class Meta:
        """Table name and constraints."""

        db_table = "ledger_head"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="ledger_head_one_row")]


class StoredCheckpoint(models.Model):
    """A signed checkpoint, as published."""

    size = models.BigIntegerField()
    note = models.TextField()
    made_at = models.DateTimeField(unique=True)

    class Meta:
        """Table name and index."""

        db_table = "ledger_checkpoint"
        indexes = [models.Index(fields=["size"], name="ledger_checkpoint_size")]


class StoredCosignature(models.Model):
    """A witness's signature over a checkpoint of this size, as it came: by which key, when, and the line."""

    size = models.BigIntegerField()
    witness = models.CharField(max_length=300)
    signed_at = models.DateTimeField()
    line = models.TextField()

    class Meta:
        """Table name, constraints and indexes."""

        db_table = "ledger_cosignature"
        constraints = [models.UniqueConstraint(fields=["size", "witness", "signed_at"], name="ledger_cosignature_once")]
        indexes = [models.Index(fields=["witness", "size"], name="ledger_cosignature_witness")]


class Envelope(models.Model):
    """The outside of an entry: kind, times and codes."""

    seq = Place(primary_key=True)
    uid = models.UUIDField(unique=True)
    kind = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()
    happened_at = models.DateTimeField()
    by = models.CharField(max_length=80)
    role = models.CharField(max_length=40)
    agency = models.CharField(max_length=80)
    proposed = models.BooleanField()
    coded = models.JSONField()
    regarding = Ids()
    mentions = Ids()

    class Meta:
        """Table name and indexes."""

        db_table = "ledger_envelope"
        indexes = [
            models.Index(fields=["kind", "seq"], name="ledger_envelope_kind"),
        ]


class About(models.Model):
    """Which mentions an entry makes or is about."""

    id = Number(primary_key=True)
    uid = models.UUIDField()
    seq = models.BigIntegerField()
    mention = models.UUIDField()

    class Meta:
        """Table name and indexes."""

        db_table = "ledger_about"
        indexes = [models.Index(fields=["mention", "seq"], name="ledger_about_mention")]


class Regards(models.Model):
    """Which earlier entries an entry answers."""

    id = Number(primary_key=True)
    uid = models.UUIDField()
    seq = models.BigIntegerField()
    target = models.UUIDField()

    class Meta:
        """Table name and indexes."""

        db_table = "ledger_regards"
        indexes = [
            models.Index(fields=["target", "seq"], name="ledger_regards_target"),
            models.Index(fields=["uid"], name="ledger_regards_uid"),
        ]


class Unprojected(models.Model):
    """A projector that failed on an entry. The entry stands; the watch heals the read table."""

    seq = models.BigIntegerField()
    projector = models.CharField(max_length=120)
    error = models.CharField(max_length=300)

    class Meta:
        """Table name and constraints."""

        db_table = "ledger_unprojected"
        constraints = [models.UniqueConstraint(fields=["seq", "projector"], name="ledger_unprojected_once")]
