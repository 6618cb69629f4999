"""Linear referencing: where along a segment something is, and what is there.

The words, once each: a *ruler* is a line with its measures; a *measure* is metres from the line's
start; a *hand* is the left or the right of the line, in its direction; a *stretch* lies between two
measures; a segment's *heirs* tell what became of its stretches when it was edited.
"""
