"""What follows when a report comes in."""
