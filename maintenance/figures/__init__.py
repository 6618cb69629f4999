"""What units cost and how well they are kept, in figures that open to the records that make them.

The words, once each: a *period* is whole days of the town, both ends within. A *record* is a line
that a figure is made of: an hour worked, a reading, an order, an occurrence. A *figure* is a number
of one unit, or of the whole fleet, by a *rule* that is told beside it. Everything here is pure.
"""
