from django.apps import AppConfig


class ShiftsConfig(AppConfig):
    name = "fanal.helpline.shifts"
    verbose_name = "Planning de l’écoute"

    def ready(self) -> None:
        from fanal.ground.access.terms import Right
        from fanal.ground.shell.navigation import Entry, register
        from fanal.helpline.shifts import retention  # noqa: F401

        register(Entry("Planning", "shifts:week", "calendar", Right.COORDINATE, 24))
        register(Entry("Ma semaine", "shifts:mine", "calendar-clock", Right.LISTEN, 25))
