"""Who reported, and what is said of health: text becomes bytes, sealed once this has run."""

from django.db import migrations

import fanal.ground.privacy.sealing.fields

COLUMNS = (
    ("informant", "name", "nom", {"anchor": "concern"}),
    ("informant", "function", "fonction", {"anchor": "concern", "blank": True}),
    ("informant", "contact", "coordonnées", {"anchor": "concern"}),
    (
        "evaluation",
        "health_and_school",
        "santé, scolarité, développement",
        {"anchor": "ref", "blank": True},
    ),
)


def becomes_bytes(model, column, label, options):
    """Reversible while nothing is sealed: a sealed value is no text."""
    change = f"ALTER TABLE concerns_{model} ALTER COLUMN {column} TYPE"
    return migrations.SeparateDatabaseAndState(
        database_operations=[
            migrations.RunSQL(
                f"{change} bytea USING convert_to({column}, 'UTF8');",
                f"{change} text USING convert_from({column}, 'UTF8');",
            )
        ],
        state_operations=[
            migrations.AlterField(
                model,
                column,
                fanal.ground.privacy.sealing.fields.SealedTextField(verbose_name=label, **options),
            )
        ],
    )


class Migration(migrations.Migration):
    dependencies = [("concerns", "0002_row_security")]

    operations = [becomes_bytes(*one) for one in COLUMNS]
