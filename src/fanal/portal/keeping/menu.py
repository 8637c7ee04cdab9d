from fanal.ground.access.terms import Right
from fanal.ground.shell.navigation import Entry, register

register(Entry("Conservation", "keeping:due", "archive", Right.MANAGE_RETENTION, 70))
