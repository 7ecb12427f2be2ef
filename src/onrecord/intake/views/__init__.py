"""The pages of reporting: for people who sign in, and the doors where nobody does."""
