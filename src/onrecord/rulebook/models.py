"""Every edition that was ever kept. Editions are only added."""

from django.db import models


class Edition(models.Model):
    """A rulebook as frozen text, under the SHA-256 of that text."""

    digest = models.CharField(primary_key=True, max_length=64)
    text = models.TextField()
