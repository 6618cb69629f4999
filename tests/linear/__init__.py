"""Linear referencing: rulers, civic numbers, places."""
