"""The figures of `maintenance.figures` over what the database knows, and their ways out."""
