from django.apps import AppConfig


class CodesConfig(AppConfig):
    name = "fanal.ground.codes"
    verbose_name = "Codes de retour"

    def ready(self) -> None:
        from fanal.ground.codes import checks  # noqa: F401
