"""How other people's files are read: element by element, every fault told at once. Pure."""

from onrecord.exchange.rules.census import Census, Row, read_census
from onrecord.exchange.rules.found import CensusRefused, Fault
from onrecord.exchange.rules.header import Return
from onrecord.exchange.rules.node import Node

__all__ = ["Census", "CensusRefused", "Fault", "Node", "Return", "Row", "read_census"]
