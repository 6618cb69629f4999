"""The server that tablets synchronize with."""
