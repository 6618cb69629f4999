"""What is due, and when: plans worked out into work to be ordered, with the reason in words.

The words, once each: a *plan* asks for work by its calendar and its *triggers*. An *occurrence* is
one time that it does, on one asset. Its *track* is how far a plan has come on an asset. An order is
*asked for* its lead before the occurrence is due. Everything here is pure.
"""
