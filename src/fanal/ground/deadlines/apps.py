from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "fanal.ground.deadlines"
    verbose_name = "Délais"

    def ready(self) -> None:
        from fanal.ground.deadlines import reviewing  # noqa: F401  (declares)
