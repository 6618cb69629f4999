"""Notices: what citizens and other systems are told, from the outbox to the mail server.

What causes a notice writes it, in the same transaction (`causes.py`); a job takes what waits and
sends it (`delivery.py`); what cannot be sent reaches the office (`failures.py`).
"""
