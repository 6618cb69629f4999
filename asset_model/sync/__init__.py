"""The sync protocol: values and pure functions. No database, no network, no clock."""
