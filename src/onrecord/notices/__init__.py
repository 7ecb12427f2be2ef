"""What goes out, to whom, and whether it arrived."""
