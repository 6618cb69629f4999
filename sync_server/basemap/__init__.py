"""The base map on the server: drawn from the assets, kept in packs, offered to tablets.

*Survey*: the assets that the map shows, and which bucket each is in. *Drawings*: every tile of the
town as it was last drawn, with what it was drawn from. *Pack*: the tiles of one bucket (a district,
or what belongs to no district) in one look, as one MBTiles file. *Patch*: what makes a pack the
next one.
"""
