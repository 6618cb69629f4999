"""The screens: declarative Flet components over the tablet's own database, in two languages."""
