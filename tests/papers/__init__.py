"""Papers of units, read back as an inspector's program reads them."""
