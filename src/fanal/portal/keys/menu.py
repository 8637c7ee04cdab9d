from fanal.ground.access.terms import Right
from fanal.ground.shell.navigation import Entry, register

# The controller comes by what is kept: one link of the menu, one right.
register(Entry("Clés", "keys:show", "key-round", Right.MANAGE_AGENTS, 34))
