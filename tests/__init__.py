"""The tests of every package."""
