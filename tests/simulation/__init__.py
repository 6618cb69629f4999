"""A whole fleet in one process: real databases in memory, one seeded scheduler, a bad link."""
