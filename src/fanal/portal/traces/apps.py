from django.apps import AppConfig


class TracesConfig(AppConfig):
    name = "fanal.portal.traces"
    verbose_name = "Traces"

    def ready(self) -> None:
        from fanal.ground.access.terms import Right
        from fanal.ground.shell.navigation import Entry, register

        register(Entry("Qui a ouvert", "traces:list", "eye", Right.READ_TRACES, 70))
