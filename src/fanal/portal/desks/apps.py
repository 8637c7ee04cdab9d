from django.apps import AppConfig


class DesksConfig(AppConfig):
    name = "fanal.portal.desks"
    verbose_name = "Bureaux"

    def ready(self) -> None:
        from fanal.portal.desks.menu import fill_menu

        fill_menu()
