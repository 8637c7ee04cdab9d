"""Whoever answers is told in time: the scheduled work sees which requests are open, and no file."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("rights", "0003_sealed_asker_and_letter")]

    operations = [
        migrations.RunSQL(
            "CREATE POLICY request_reminded ON rights_rightsrequest FOR SELECT"
            " USING ((SELECT access_purpose()) = 'alarms');",
            "DROP POLICY request_reminded ON rights_rightsrequest;",
        )
    ]
