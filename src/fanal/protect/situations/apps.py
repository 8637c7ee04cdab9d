from django.apps import AppConfig

from fanal.ground.access.terms import Right
from fanal.ground.shell import navigation


class SituationsConfig(AppConfig):
    name = "fanal.protect.situations"
    verbose_name = "Situations"

    def ready(self) -> None:
        from fanal.ground.access import contents
        from fanal.protect.situations.doors import doors

        contents.register_doors("situations", doors)
        navigation.register(
            navigation.Entry(
                label="Mes mineurs",
                route="situations:mine",
                icon="folder",
                right=Right.FOLLOW_SITUATIONS,
                rank=30,
            )
        )
        navigation.register(
            navigation.Entry(
                label="Équipe",
                route="situations:board",
                icon="users",
                right=Right.MANAGE_SITUATIONS,
                rank=31,
            )
        )
