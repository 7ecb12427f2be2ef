"""The one table of this stage: by which words a mailbox opens. Columns and constraints, no behaviour."""

from django.db import models


class BoxWords(models.Model):
    """Words of a receipt, as a keyed hash and no more. Operational: lost with it, a box opens for nobody again.

    `sort` is `own` for the words that open the box, `watched` for those that open an empty one and mark the report.
    `proof` says under the same key which report's these words are: a row that was changed opens nothing.
    """

    hashed = models.CharField(max_length=64, primary_key=True)
    entry = models.UUIDField()
    sort = models.CharField(max_length=8)
    proof = models.CharField(max_length=64)

    class Meta:
        """Table name and index."""

        db_table = "mailbox_words"
        indexes = [models.Index(fields=["entry"], name="mailbox_words_entry")]
