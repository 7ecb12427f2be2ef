"""OnRecord: the safeguarding record in which no report can be lost unseen."""

__version__ = "0.1.0"
