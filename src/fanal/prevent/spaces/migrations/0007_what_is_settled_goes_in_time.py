"""
Doubts, proposals and links of which nothing more is expected go in time.

A doubt gets a reference, which the list of what went names it by; the database draws it, since
its rows come from a function of the owner.
"""

import django.contrib.postgres.functions
from django.db import migrations, models

TABLES = ("doubt", "amendment", "confirmationrequest")
WALL = "\n".join(
    f"CREATE POLICY {one}_kept_in_time ON spaces_{one}"
    " USING ((SELECT access_purpose()) = 'retention');"
    for one in TABLES
)
OPEN = "\n".join(f"DROP POLICY {one}_kept_in_time ON spaces_{one};" for one in TABLES)


class Migration(migrations.Migration):
    dependencies = [
        ("spaces", "0006_what_professionals_may_read"),
    ]

    operations = [
        migrations.AddField(
            model_name="doubt",
            name="ref",
            field=models.UUIDField(
                db_default=django.contrib.postgres.functions.RandomUUID(),
                editable=False,
                unique=True,
                verbose_name="référence",
            ),
        ),
        migrations.RunSQL(WALL, OPEN),
    ]
