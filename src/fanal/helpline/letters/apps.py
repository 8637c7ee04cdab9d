from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "fanal.helpline.letters"
    verbose_name = "Lettres"

    def ready(self) -> None:
        from fanal.ground.access.terms import Right
        from fanal.ground.shell.navigation import Entry, register
        from fanal.helpline.letters import retention  # noqa: F401

        register(Entry("Lettres", "letters:desk", "mail", Right.LISTEN, 22))
