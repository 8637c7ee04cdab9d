from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "fanal.helpline.calls"
    verbose_name = "Téléphone"

    def ready(self) -> None:
        from fanal.ground.access.terms import Right
        from fanal.ground.shell.navigation import Entry, register
        from fanal.helpline.calls import retention  # noqa: F401

        register(Entry("Téléphone", "calls:desk", "phone", Right.LISTEN, 21))
