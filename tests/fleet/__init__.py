"""Circle checks, from the rules to the tablet and the server."""
