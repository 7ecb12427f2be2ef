"""What was put to those in charge, who was told, and what they answered for it."""
