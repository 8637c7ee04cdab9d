from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "fanal.ground.documents"
    verbose_name = "Documents"
