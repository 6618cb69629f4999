"""What is due, and when: calendar plans worked out into work orders."""
