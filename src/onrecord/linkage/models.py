"""How mentions find each other: keyed hashes, judgements, and by which weights. Never a name or a number."""

from django.db import models

from onrecord.ledger.gateway.values import Number, Place


class Mentioned(models.Model):
    """An entry that names a child, by its number in the ledger, and the mention that it makes.

    `corrected` when somebody has put anything of the entry right, whether or not that counts yet.
    """

    seq = Place(primary_key=True)
    entry = models.UUIDField()
    mention = models.UUIDField(unique=True)
    corrected = models.BooleanField()

    class Meta:
        """Table name."""

        db_table = "linkage_mention"


class MatchKey(models.Model):
    """One key of one mention, as the first eight bytes of a keyed hash; the mention by the number of its entry."""

    id = Number(primary_key=True)
    hashed = models.BigIntegerField()
    seq = models.BigIntegerField()

    class Meta:
        """Table name and indexes."""

        db_table = "linkage_key"
        indexes = [
            models.Index(fields=["hashed", "seq"], name="linkage_key_hashed"),
            models.Index(fields=["seq"], name="linkage_key_seq"),
        ]


class Judgement(models.Model):
    """A judgement on two mentions; `one` sorts before `other`. The latest of a pair counts."""

    one = models.UUIDField()
    other = models.UUIDField()
    verdict = models.CharField(max_length=10)
    seq = models.BigIntegerField()

    class Meta:
        """Table name and indexes."""

        db_table = "linkage_judgement"
        indexes = [
            models.Index(fields=["one"], name="linkage_judgement_one"),
            models.Index(fields=["other"], name="linkage_judgement_other"),
        ]


class Adopted(models.Model):
    """That a model was adopted and counts, by the number of the entry that adopts it. The last one weighs."""

    seq = models.BigIntegerField(primary_key=True)
    digest = models.CharField(max_length=64)

    class Meta:
        """Table name."""

        db_table = "linkage_adopted"
