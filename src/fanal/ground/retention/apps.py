from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RetentionConfig(AppConfig):
    name = "fanal.ground.retention"
    verbose_name = "Conservation"

    def ready(self) -> None:
        # Each room says in its own ``retention`` what ends there, and what still runs.
        autodiscover_modules("retention")
