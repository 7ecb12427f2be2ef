"""Where the ledger meets the world: the clock, the keys, the seal, the database's own refusals."""
