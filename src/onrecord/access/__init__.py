"""Who people are, what role they hold where, and the second ledger, of who read what."""
