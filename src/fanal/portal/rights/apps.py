from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "fanal.portal.rights"
    verbose_name = "Droits des personnes"

    def ready(self) -> None:
        from fanal.portal.rights import menu  # noqa: F401
