"""Papers of units as PDF: the report of a circle check, and the whole file of a unit.

What they say is worked out here as plain words; how they look is in `layout/`, for Typst.
"""
