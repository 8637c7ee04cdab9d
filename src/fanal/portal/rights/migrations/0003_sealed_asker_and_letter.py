"""Who asks, where to answer them, and the letter that says both: bytes, sealed once this has run."""

from django.db import migrations

import fanal.ground.privacy.sealing.fields

COLUMNS = (
    ("asker_name", "nom du demandeur", 200),
    ("asker_contact", "adresse de réponse", 500),
)


def becomes_bytes(column, label, longest):
    """Reversible while nothing is sealed: a sealed value is no text."""
    change = f"ALTER TABLE rights_rightsrequest ALTER COLUMN {column} TYPE"
    return migrations.SeparateDatabaseAndState(
        database_operations=[
            migrations.RunSQL(
                f"{change} bytea USING convert_to({column}, 'UTF8');",
                f"{change} varchar({longest}) USING convert_from({column}, 'UTF8');",
            )
        ],
        state_operations=[
            migrations.AlterField(
                "rightsrequest",
                column,
                fanal.ground.privacy.sealing.fields.SealedTextField(
                    verbose_name=label, anchor="ref", blank=True
                ),
            )
        ],
    )


class Migration(migrations.Migration):
    dependencies = [("rights", "0002_row_security")]

    operations = [
        *(becomes_bytes(*one) for one in COLUMNS),
        # Bytes already: only the model changes.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    "rightsrequest",
                    "letter",
                    fanal.ground.privacy.sealing.fields.SealedBinaryField(
                        verbose_name="lettre", anchor="ref", null=True, blank=True
                    ),
                )
            ]
        ),
    ]
