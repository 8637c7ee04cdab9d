from fanal.portal.rights.views.deeds import (
    answer,
    correct,
    extend,
    identity,
    new,
    prepare,
    refuse,
)
from fanal.portal.rights.views.lists import export, listing, to_prepare
from fanal.portal.rights.views.pages import letter, show

__all__ = [
    "answer",
    "correct",
    "export",
    "extend",
    "identity",
    "letter",
    "listing",
    "new",
    "prepare",
    "refuse",
    "show",
    "to_prepare",
]
