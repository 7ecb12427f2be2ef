"""The ledger: declare, append, read, seal, checkpoint, receipt, verify."""
