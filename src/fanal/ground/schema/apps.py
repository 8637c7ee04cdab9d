from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SchemaConfig(AppConfig):
    name = "fanal.ground.schema"
    verbose_name = "Schéma de la base"

    def ready(self) -> None:
        from fanal.ground.schema.applying import apply_after_migrations

        # Sent once for this room, when every migration has run.
        post_migrate.connect(apply_after_migrations, sender=self)
