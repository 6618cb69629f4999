"""Hypothesis as these tests mean it: no test fails for the time it takes."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
