"""Whether two reports of citizens tell of one thing: a score that a clerk can read.

The words, once each: a *sighting* is what one report tells of a place and a time. An *incident*
is one thing in the street, with the sightings that tell of it. *Evidence* is one reason for or
against, in log-odds, so that reasons add up; their sum is the *score*. *Weights* say how much each
reason counts: they are data, and learn from what people decided. Everything here is light enough
for a tablet; all but `town.py`, which asks a database, is pure.
"""
