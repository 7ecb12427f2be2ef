"""Rows of the failure list as stories: one file each, played both with the failure and done properly."""
