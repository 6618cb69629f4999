"""Networks of pipes: breaks, valves, supply, sewers."""
