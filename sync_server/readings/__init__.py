"""Readings of meters out of files: telematics, fuel cards, a sheet that the garage keeps.

Every file becomes a table of text, and a mapping says what its columns mean. Each row names a unit,
a moment and what was read then; it is brought in, or refused with its reason.
"""
