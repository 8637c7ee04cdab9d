from django.apps import AppConfig


class BlocksConfig(AppConfig):
    name = "fanal.helpline.blocks"
    verbose_name = "Blocages"

    def ready(self) -> None:
        from fanal.ground.access.terms import Right
        from fanal.ground.shell.navigation import Entry, register

        register(Entry("Blocages", "blocks:list", "ban", Right.LISTEN, 26))
