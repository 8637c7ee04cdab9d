from __future__ import annotations

from django.apps import AppConfig

from fanal.ground.access.terms import Right
from fanal.ground.shell import navigation


class MeasuresConfig(AppConfig):
    name = "fanal.protect.measures"
    verbose_name = "Mesures"

    def ready(self) -> None:
        from fanal.protect.measures import tab  # models are ready only now

        tab.register()
        for entry in MENU:
            navigation.register(entry)


MENU = (
    navigation.Entry(
        label="Mises à l'abri",
        route="measures:shelters",
        icon="shield-alert",
        right=Right.SHELTER,
        rank=32,
    ),
    navigation.Entry(
        label="Mes échéances",
        route="measures:deadlines",
        icon="calendar-clock",
        right=Right.FOLLOW_SITUATIONS,
        rank=33,
    ),
)
