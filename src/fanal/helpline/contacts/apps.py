from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "fanal.helpline.contacts"
    verbose_name = "Fiches de contact"

    def ready(self) -> None:
        from fanal.ground.access.terms import Right
        from fanal.ground.shell.navigation import Entry, register
        from fanal.helpline.contacts import retention  # noqa: F401

        register(Entry("Fiches", "contacts:list", "clipboard-list", Right.LISTEN, 21))
        register(Entry("Relecture", "contacts:reading", "signature", Right.COORDINATE, 22))
        register(Entry("Retours", "contacts:returns", "inbox", Right.COORDINATE, 23))
