from django.apps import AppConfig


class ChatsConfig(AppConfig):
    name = "fanal.helpline.chats"
    verbose_name = "Conversations"

    def ready(self) -> None:
        from fanal.ground.access.terms import Right
        from fanal.ground.shell.navigation import Entry, register
        from fanal.helpline.chats import hours, retention  # noqa: F401
        from fanal.helpline.shifts.doors import tell_hours

        tell_hours(hours.written)
        register(Entry("Écoute", "chats:desk", "message-circle", Right.LISTEN, 20))
