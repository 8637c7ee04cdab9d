from django.apps import AppConfig


class BoardConfig(AppConfig):
    name = "fanal.helpline.board"
    verbose_name = "Tableau de l’écoute"

    def ready(self) -> None:
        from fanal.ground.access.terms import Right
        from fanal.ground.shell.navigation import Entry, register

        register(Entry("Tableau", "board:live", "layout-dashboard", Right.COORDINATE, 19))
