"""Who takes an incident on, how soon, and by which rule: rules are data, and every answer says why.

The words, once each: a *book* is an edition of the rules. A *rule* has conditions (`when`) and
outputs (`then`). For each output the first rule whose conditions hold wins, so that “danger words:
urgent” and “north: the north crew” compose; `stop` ends the reading. A *route* is what came of it.
"""
