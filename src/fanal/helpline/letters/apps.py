from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "fanal.helpline.letters"
    verbose_name = "Lettres"

    def ready(self) -> None:
        from fanal.ground.access.terms import Right
        from fanal.ground.shell.navigation import Entry, register
        from fanal.helpline.chats import alarms
        from fanal.helpline.letters import queries, reactions, retention  # noqa: F401
        from fanal.prevent.exchange.events import heard_at_once

        alarms.register(queries.alarms_for)
        heard_at_once.append(reactions.open_letter)
        register(Entry("Lettres", "letters:desk", "mail", Right.LISTEN, 22))
