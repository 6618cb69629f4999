"""The base map: our own network drawn as raster tiles, by day and by night.

*Feature*: what the map shows of one asset. *Style*: which features show from which zoom, how wide
and in which colours, as data (`style.toml`, `day.toml`, `night.toml`). *Scene*: the features of a
town in a style's order, with the labels of every zoom placed once for the whole town, so that no
tile's border cuts one. *Block*: 4 by 4 tiles drawn as one picture. *Look*: day or night.

It stands on Pillow and aggdraw alone, and is imported by whoever draws only.
"""
