from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AppliedFile",
            fields=[
                (
                    "path",
                    models.CharField(
                        max_length=200, primary_key=True, serialize=False, verbose_name="fichier"
                    ),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="empreinte")),
                ("applied_at", models.DateTimeField(verbose_name="appliqué le")),
            ],
            options={
                "verbose_name": "fichier SQL appliqué",
                "verbose_name_plural": "fichiers SQL appliqués",
                "ordering": ("path",),
            },
        ),
    ]
