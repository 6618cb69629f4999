"""What units cost and how well they are kept, worked out by hand and by chance."""
