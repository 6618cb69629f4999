"""The server: the town's record, what tablets exchange with it, and the commands that run it."""
