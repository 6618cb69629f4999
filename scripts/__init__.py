"""Commands for those who work on Voirie; the Makefile calls them."""
