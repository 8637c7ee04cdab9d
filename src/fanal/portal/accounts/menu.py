"""The links by which an administrator reaches the accounts."""

from fanal.ground.access.terms import Right
from fanal.ground.shell.navigation import Entry, register

ENTRIES = (
    Entry("Agents", "accounts:agents", "users", Right.MANAGE_AGENTS, 30),
    Entry("Demandes à deux", "accounts:requests", "users", Right.REVIEW_ACCESS, 31),
    Entry("Jetons", "accounts:tokens", "key-round", Right.MANAGE_AGENTS, 32),
)


def fill_menu() -> None:
    for entry in ENTRIES:
        register(entry)
