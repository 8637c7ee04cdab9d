from django.apps import AppConfig


class KeysConfig(AppConfig):
    name = "fanal.portal.keys"
    verbose_name = "Clés"

    def ready(self) -> None:
        from fanal.portal.keys import menu  # noqa: F401
