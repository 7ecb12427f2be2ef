"""The pages of what is owed: the front door, one's own duties, the joint list, the watch, and recording."""
