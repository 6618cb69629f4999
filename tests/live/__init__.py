"""Connected tablets hear of what is new."""
