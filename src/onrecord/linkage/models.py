"""How mentions find each other: keyed hashes and judgements. Never a name or a number."""

from django.db import models


class MatchKey(models.Model):
    """One key of one mention, as a keyed hash."""

    mention = models.UUIDField()
    entry = models.UUIDField()
    seq = models.BigIntegerField()
    hashed = models.CharField(max_length=64)

    class Meta:
        """Table name and indexes."""

        db_table = "linkage_key"
        indexes = [
            models.Index(fields=["hashed", "seq"], name="linkage_key_hashed"),
            models.Index(fields=["mention"], name="linkage_key_mention"),
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
