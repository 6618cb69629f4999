"""311: reports come in, become incidents and work orders, and are answered."""
