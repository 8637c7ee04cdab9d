"""Pure engines: no Django, no database, no clock. Each is a library of its own."""
