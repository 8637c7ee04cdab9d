from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PrivacyConfig(AppConfig):
    name = "fanal.ground.privacy"
    verbose_name = "Confidentialité"

    def ready(self) -> None:
        # Each room says what its fields hold in its own ``field_tags``.
        autodiscover_modules("field_tags")
