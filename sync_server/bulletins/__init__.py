"""What the office's screens ask of the server: bulletins it works out, decisions it carries out."""
