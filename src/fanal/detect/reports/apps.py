from django.apps import AppConfig

from fanal.ground.access.terms import Right
from fanal.ground.shell import navigation


class ReportsConfig(AppConfig):
    name = "fanal.detect.reports"
    verbose_name = "Signalements"

    def ready(self) -> None:
        navigation.register(
            navigation.Entry(
                label="Signalements",
                route="reports:list",
                icon="scale",
                right=Right.SEND_REPORTS,
                rank=30,
            )
        )
        navigation.register(
            navigation.Entry(
                label="Signalements reçus",
                route="reports:inbox",
                icon="scale",
                right=Right.ANSWER_REPORTS,
                rank=30,
            )
        )
