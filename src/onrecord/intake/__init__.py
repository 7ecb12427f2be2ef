"""How a report comes in, and how it is answered."""
