"""Grouping reports of a file, learning weights from decisions, and measuring how well it goes."""
