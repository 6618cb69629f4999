"""The map: where it looks, what it draws, and what stands on it."""
