"""Disc: reading a rulebook from its folder, and freezing it into the text that is kept."""

from onrecord.rulebook.gateway.bundle import LARGEST, read_zip
from onrecord.rulebook.gateway.folder import read, shipped
from onrecord.rulebook.gateway.frozen import RulebookRefused, damaged, freeze, thaw

__all__ = ["LARGEST", "RulebookRefused", "damaged", "freeze", "read", "read_zip", "shipped", "thaw"]
