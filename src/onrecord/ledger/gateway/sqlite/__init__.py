"""SQLite as Django drives it, with a fair turn for whoever writes. Named in the settings as a database's ENGINE."""
