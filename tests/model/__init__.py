"""The shared model: its rules, its words, its tables."""
