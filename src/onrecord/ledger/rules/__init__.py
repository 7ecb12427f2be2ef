"""What follows from the ledger's formats: pure functions over bytes and entries."""
