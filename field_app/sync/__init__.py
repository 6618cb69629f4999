"""The tablet's side of synchronization. `engine` decides; `rounds` talks; `loop` keeps time."""
