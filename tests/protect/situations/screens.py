"""The screens of this room, read from its addresses: none is forgotten by being typed nowhere."""

from __future__ import annotations

from fanal.protect.situations.urls import urlpatterns

# These lead to no one situation.
LISTS = ("mine", "authority", "export", "board", "absences")
OF_A_SITUATION = tuple(
    pattern.name or "" for pattern in urlpatterns if str(pattern.pattern).startswith("<uuid:ref>")
)
