"""Whole journeys: real processes, a real browser, people doing their work."""
