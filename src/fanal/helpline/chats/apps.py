from django.apps import AppConfig


class ChatsConfig(AppConfig):
    name = "fanal.helpline.chats"
    verbose_name = "Conversations"

    def ready(self) -> None:
        from fanal.ground.access.terms import Right
        from fanal.ground.shell import answering
        from fanal.ground.shell.navigation import Entry, register
        from fanal.helpline.chats import hours, queries, retention  # noqa: F401
        from fanal.helpline.shifts.doors import tell_hours

        tell_hours(hours.written)
        answering.register("Parler par écrit", "chats:begin", queries.answers_now)
        register(Entry("Écoute", "chats:desk", "message-circle", Right.LISTEN, 20))
