"""Importing a town's files."""
