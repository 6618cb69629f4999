"""What tablets of each protocol really sent, kept for ever, and replayed to today's server."""
