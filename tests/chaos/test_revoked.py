"""A tablet that is shut out between two of its messages, and let in again."""




BATCHES, PER_BATCH = 3, 200
"""The most that a message holds."""
