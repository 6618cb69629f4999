"""The director's page: a few figures of the whole town, each with its rule and the list of it."""
