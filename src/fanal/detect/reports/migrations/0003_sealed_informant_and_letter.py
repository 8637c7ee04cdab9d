"""Who alerted, and the letter that says it: bytes, sealed once this has run."""

from django.db import migrations

import fanal.ground.privacy.sealing.fields

COLUMNS = (("name", "nom"), ("function", "fonction"), ("contact", "coordonnées"))


def becomes_bytes(column, label):
    """Reversible while nothing is sealed: a sealed value is no text."""
    change = f"ALTER TABLE reports_reportinformant ALTER COLUMN {column} TYPE"
    return migrations.SeparateDatabaseAndState(
        database_operations=[
            migrations.RunSQL(
                f"{change} bytea USING convert_to({column}, 'UTF8');",
                f"{change} text USING convert_from({column}, 'UTF8');",
            )
        ],
        state_operations=[
            migrations.AlterField(
                "reportinformant",
                column,
                fanal.ground.privacy.sealing.fields.SealedTextField(
                    verbose_name=label, anchor="report", blank=True
                ),
            )
        ],
    )


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_row_security")]

    operations = [
        *(becomes_bytes(*one) for one in COLUMNS),
        # Bytes already: only the model changes.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    "reportletter",
                    "pdf",
                    fanal.ground.privacy.sealing.fields.SealedBinaryField(
                        verbose_name="fichier", anchor="report"
                    ),
                )
            ]
        ),
    ]
