from django.apps import AppConfig


class KeepingConfig(AppConfig):
    name = "fanal.portal.keeping"
    verbose_name = "Écrans de la conservation"

    def ready(self) -> None:
        from fanal.portal.keeping import menu  # noqa: F401
