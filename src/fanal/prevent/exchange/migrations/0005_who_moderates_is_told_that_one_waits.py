"""Whether others wait, for who sends a question: they see none, and are told of none."""

from django.db import migrations

TELL = """
CREATE FUNCTION exchange_others_wait(name uuid, moderators bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM exchange_question q
                    WHERE q.organisation_id = moderators AND q.state = 'waiting' AND q.ref <> name)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("exchange", "0004_what_everybody_may_read")]

    operations = [
        migrations.RunSQL(TELL, "DROP FUNCTION exchange_others_wait(uuid, bigint);"),
    ]
