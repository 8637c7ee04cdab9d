"""What an author has written and not sent: answers become bytes, sealed once this has run."""

from django.db import migrations

import fanal.ground.privacy.sealing.fields

CHANGE = "ALTER TABLE concerns_draft ALTER COLUMN content TYPE"


class Migration(migrations.Migration):
    dependencies = [("concerns", "0003_sealed_informant_and_health")]

    operations = [
        migrations.SeparateDatabaseAndState(
            # Reversible while nothing is sealed: a sealed value is no JSON.
            database_operations=[
                migrations.RunSQL(
                    f"{CHANGE} bytea USING convert_to(content::text, 'UTF8');",
                    f"{CHANGE} jsonb USING"
                    " coalesce(nullif(convert_from(content, 'UTF8'), ''), '{}')::jsonb;",
                )
            ],
            state_operations=[
                migrations.AlterField(
                    "draft",
                    "content",
                    fanal.ground.privacy.sealing.fields.SealedJSONField(
                        verbose_name="contenu", default=dict, anchor="ref", waits=True
                    ),
                )
            ],
        )
    ]
