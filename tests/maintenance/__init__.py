"""Tests of what is due, and when."""
