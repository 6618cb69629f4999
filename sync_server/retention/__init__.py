"""Records of units that are past their keeping: found by the figures in force, and destroyed.

What is destroyed leaves the tables, the feed's texts and the values of the journal; what is left of
it is one line that says what it was, of which unit, by which rule, and who did it.
"""
