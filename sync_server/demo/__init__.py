"""A small town to try everything in: made up, the same for the same seed, filled in at once."""

from sync_server.demo.town import DemoTown, OtherTown, fill_town

__all__ = ["DemoTown", "OtherTown", "fill_town"]
