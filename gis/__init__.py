"""Importing what a town already knows: frames in, drafts and refusals out.

The words, once each: a *table* is a file as it was read, every cell as text; a *mapping* says what
its columns mean; a *draft* is one asset ready for the model; a *problem* is one thing wrong with
the file or a row, with how to mend it; a row with a problem is *refused*, and kept; a *plan* is all
the drafts and refusals of one file. Nothing here knows a database.
"""
