"""Mailbox: whoever reported without signing in hears back, answers, objects and is kept safe, by words alone."""
