"""The law as dated and cited data: what is owed, by whom, by when, and who is told when nobody answers."""
