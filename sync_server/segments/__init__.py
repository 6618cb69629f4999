"""Editing streets and pipes, so that what was known of them stays known.

The words, once each: an *edit* cuts, joins, turns or redraws; an asset that is cut or joined is
retired and keeps its finished work, and its *heirs* say which stretch of it is which stretch of the
new ones; what hangs on it and its open work go to the heirs, by measure.
"""
