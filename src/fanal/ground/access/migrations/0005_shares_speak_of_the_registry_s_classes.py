"""One list of classes in the house: what a share tells is called as the registry of fields does."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0004_memberships_shares_and_openings_guarded")]

    operations = [
        migrations.AlterField(
            model_name="disclosurerecord",
            name="fields",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("identity", "Identité de l'enfant et de ses parents"),
                        ("contact", "Coordonnées"),
                        ("narrative", "Résumé de la situation"),
                        ("health", "Santé"),
                        ("judicial", "Suites judiciaires"),
                        ("location", "Commune, établissement et lieu d'accueil"),
                        ("informant", "Identité de la personne qui a alerté"),
                    ],
                    max_length=12,
                ),
                size=None,
                verbose_name="données partagées",
            ),
        )
    ]
