"""What the tablet and the server must agree on: the nouns, the rules and the sync protocol.

The words, once each: a *work order* asks a crew to do something; its *steps* are answered; its
*facts* (time worked, material used, comments) are only ever added. An *asset* is what work is done
to; an *asset class* says which attributes it has. A *bucket* is a set of rows shipped together.
"""
