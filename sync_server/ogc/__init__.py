"""OGC API - Features at `/ogc`: the town's layers for QGIS, GDAL and other towns' programs.

Part 1 (17-069r4: core, GeoJSON, OpenAPI 3.0) and Part 2 (18-058r1: coordinate systems by
reference). It only reads. Who asks shows a key of its own (`keys`), and sees what its role allows.
"""
