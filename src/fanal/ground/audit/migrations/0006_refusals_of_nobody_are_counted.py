"""Beyond the first of each hour, refusals of whoever is unknown are a number, and not a line each."""

from django.db import migrations, models

# Counted for whoever is unknown, and closed by scheduled work: no agent reads nor changes a count.
GUARD = """
ALTER TABLE audit_refusaltally ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_refusaltally FORCE ROW LEVEL SECURITY;
CREATE POLICY tally_of_nobody ON audit_refusaltally
    USING ((SELECT access_agent()) IS NULL AND (SELECT access_organisation()) IS NULL);
"""
UNGUARD = """
DROP POLICY tally_of_nobody ON audit_refusaltally;
ALTER TABLE audit_refusaltally NO FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_refusaltally DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0005_oversight")]

    operations = [
        migrations.CreateModel(
            name="RefusalTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("deed", models.CharField(max_length=80, verbose_name="acte")),
                ("said", models.CharField(max_length=60, verbose_name="réponse")),
                ("hour", models.DateTimeField(verbose_name="heure")),
                ("counted", models.PositiveBigIntegerField(verbose_name="nombre")),
            ],
            options={
                "verbose_name": "compte de refus",
                "verbose_name_plural": "comptes de refus",
            },
        ),
        migrations.AddConstraint(
            model_name="refusaltally",
            constraint=models.UniqueConstraint(
                fields=("deed", "said", "hour"), name="refusaltally_once"
            ),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
