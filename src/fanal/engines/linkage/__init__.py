"""
Who is the same: records of several services that speak of one person.

Pairs that share a key (``blocking``) are compared field by field; Splink learns, without labels,
what each agreement is worth (``learning``); then the records are shared out among persons many
times over (``sampling``), so that what one record knows serves its whole group. The engine
proposes, with its reasons; a person decides.
"""
