from fanal.ground.access.terms import Right
from fanal.ground.shell.navigation import Entry, register

register(Entry("Droits des personnes", "rights:list", "scale", Right.ANSWER_RIGHTS, 68))
register(Entry("Demandes d’accès", "rights:to_prepare", "inbox", Right.FOLLOW_SITUATIONS, 68))
