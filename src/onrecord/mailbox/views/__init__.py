"""The pages of the mailbox: for whoever has the words, and for those who answer."""
