"""In from and out to other systems."""
