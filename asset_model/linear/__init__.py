"""Linear referencing: where along a segment something is, and what is there.

The words, once each: a *ruler* is a line with its measures; a *measure* is metres from the line's
start; an *event* is something that lies between two measures, on one side or both; an event is
*re-anchored* when its segment is split, merged, reversed or redrawn.
"""
