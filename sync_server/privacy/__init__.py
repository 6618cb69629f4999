"""What is known of one citizen: found, handed over, forgotten; and who looked at it."""
