from django.apps import AppConfig


class WatchConfig(AppConfig):
    name = "fanal.detect.watch"
    verbose_name = "Alertes des hébergements"

    def ready(self) -> None:
        from fanal.detect.watch import retention  # noqa: F401
        from fanal.ground.access.terms import Right
        from fanal.ground.shell.navigation import Entry, register

        register(Entry("Hébergements", "watch:desk", "house", Right.ANSWER_ALERTS, 21))
        register(Entry("Chiffres", "watch:figures", "chart-column", Right.ANSWER_ALERTS, 22))
