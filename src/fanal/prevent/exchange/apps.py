from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "fanal.prevent.exchange"
    verbose_name = "Espace d'échange"

    def ready(self) -> None:
        from fanal.ground.access.terms import Right
        from fanal.ground.shell.navigation import Entry, register
        from fanal.prevent.exchange import retention  # noqa: F401

        register(Entry("Questions", "exchange:desk", "mail", Right.MODERATE, 23))
