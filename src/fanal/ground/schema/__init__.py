"""
What the database holds besides tables: functions, views, policies and triggers.

Each room writes its own in ``sql/``, one definition each; ``migrate`` puts them in the database.
"""
