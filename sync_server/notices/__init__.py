"""Notices: what citizens and other systems are told, from the outbox to the mail server.

What happened is read off a write (`happenings.py`) and queued in its transaction (`queueing.py`)
for whoever hears of it (`listeners.py`); a job takes what waits and sends it (`delivery.py`); what
cannot be sent reaches the office (`failures.py`).
"""
