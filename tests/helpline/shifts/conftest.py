from helpline.chats.conftest import anouk, elsewhere, helpline, in_service, maya, tom

__all__ = ["anouk", "elsewhere", "helpline", "in_service", "maya", "tom"]
