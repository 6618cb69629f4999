"""Networks of pipes, light enough for a tablet: which valves to close, and who is without water.

The words, once each: a *network* is pipes between nodes, with what sits on them; a pipe's valves
cut it into *pieces*; a place on a pipe is a *share* of its length, 0 at its start and 1 at its end;
a *tap* is a customer or a hydrant on a pipe; a valve is a *barrier* to a flood when it holds; an
*isolation* is the valves to close around a break and what is then without water.
"""
