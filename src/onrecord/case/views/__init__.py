"""The pages of the work with a child: the file, looking for a child, and who read what."""
