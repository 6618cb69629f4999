"""The town's layers: assets by class, work orders and closures, as others may read them.

An export and the door of OGC clients tell the same fields. What names a person, and what people
wrote in their own words, is told only to a `Sight` that allows it.
"""
