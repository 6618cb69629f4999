"""The HTTP doors. Each opens one transaction, calls one function, returns its value."""
