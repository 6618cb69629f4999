"""The screens, driven without a browser: a real Flet session whose client is a test."""
