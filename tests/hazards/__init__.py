"""The promises and the hazards, a test for each: it fails when the mechanism behind it is gone.

`docs/hazards.md` is their table.
"""
