from django.apps import AppConfig


class ChatsConfig(AppConfig):
    name = "fanal.helpline.chats"
    verbose_name = "Conversations"

    def ready(self) -> None:
        from fanal.helpline.chats import retention  # noqa: F401
