from django.db import migrations, models

from fanal.ground.schema.operations import QuickCreateModel


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        QuickCreateModel(
            name="GuideReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("edition", models.CharField(max_length=20, verbose_name="édition")),
                ("digest", models.CharField(max_length=64, verbose_name="empreinte du texte")),
                ("reviewer", models.CharField(max_length=120, verbose_name="relu par")),
                ("is_open", models.BooleanField(verbose_name="texte ouvert")),
                ("reviewed_at", models.DateTimeField(verbose_name="relu le")),
            ],
            options={
                "verbose_name": "relecture d'une édition",
                "verbose_name_plural": "relectures des éditions",
                "ordering": ("edition", "pk"),
            },
        ),
    ]
