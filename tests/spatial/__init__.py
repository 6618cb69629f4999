"""Queries of places."""
