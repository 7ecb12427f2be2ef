"""What is owed, by whom, by when: folded from facts and rulebook; and the watch."""
