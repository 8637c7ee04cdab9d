"""
What is said in a conversation that is led is seen by who leads it, and by who said that they read.

Before and after, by whoever listens for the same helpline: to answer, to write the record.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

READINGS = """
ALTER TABLE chats_reading ENABLE ROW LEVEL SECURITY;
ALTER TABLE chats_reading FORCE ROW LEVEL SECURITY;
CREATE POLICY reading_seen_with_its_conversation ON chats_reading FOR SELECT
    USING (conversation_id IN (SELECT id FROM chats_conversation));
CREATE POLICY reading_begun_by_who_coordinates ON chats_reading FOR INSERT
    WITH CHECK (agent_id = access_agent() AND until IS NULL
                AND conversation_id IN (
                    SELECT c.id FROM chats_conversation c
                      JOIN agents_posting p ON p.organisation_id = c.organisation_id
                     WHERE c.state = 'active' AND p.agent_id = access_agent()
                       AND p.role = 'coordinator' AND p.since <= access_today()
                       AND (p.until IS NULL OR p.until >= access_today())));
CREATE POLICY reading_ended_by_who_reads ON chats_reading FOR UPDATE
    USING (agent_id = access_agent());
CREATE POLICY reading_kept_in_time ON chats_reading
    USING ((SELECT access_purpose()) = 'retention');

DROP POLICY message_seen_with_its_conversation ON chats_message;
CREATE POLICY message_seen_by_who_has_a_part ON chats_message FOR SELECT
    USING (conversation_id IN (
        SELECT c.id FROM chats_conversation c
         WHERE c.state <> 'active' OR c.listener_id = (SELECT access_agent())
            OR c.id IN (SELECT r.conversation_id FROM chats_reading r
                         WHERE r.agent_id = (SELECT access_agent()) AND r.until IS NULL)));

CREATE OR REPLACE FUNCTION chats_led_no_more() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE chats_transfer t SET state = 'withdrawn', answered_at = clock_timestamp()
     WHERE t.conversation_id = new.id AND t.state = 'asked';
    UPDATE chats_reading r SET until = clock_timestamp()
     WHERE r.conversation_id = new.id AND r.until IS NULL;
    RETURN NULL;
END $$;

-- A coordinator whose desk has not been seen since reads no more, and it is said; how many.
CREATE FUNCTION chats_miss_readers(seen_since timestamptz, said text, moment timestamptz)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one record;
    missed integer := 0;
BEGIN
    FOR one IN
        UPDATE chats_reading r SET until = moment
         WHERE r.id IN (
             SELECT w.id FROM chats_reading w
              WHERE w.until IS NULL AND w.since < seen_since
                AND NOT EXISTS (SELECT 1 FROM chats_desk d
                                 WHERE d.agent_id = w.agent_id AND d.seen_at >= seen_since)
              ORDER BY w.id FOR UPDATE SKIP LOCKED)
        RETURNING r.conversation_id
    LOOP
        PERFORM chats_add(one.conversation_id, 'system', said, gen_random_uuid(), moment);
        missed := missed + 1;
    END LOOP;
    RETURN missed;
END $$;
"""

NO_READINGS = """
DROP FUNCTION chats_miss_readers(timestamptz, text, timestamptz);
DROP POLICY message_seen_by_who_has_a_part ON chats_message;
CREATE POLICY message_seen_with_its_conversation ON chats_message FOR SELECT
    USING (conversation_id IN (SELECT id FROM chats_conversation));
DROP POLICY reading_kept_in_time ON chats_reading;
DROP POLICY reading_ended_by_who_reads ON chats_reading;
DROP POLICY reading_begun_by_who_coordinates ON chats_reading;
DROP POLICY reading_seen_with_its_conversation ON chats_reading;
"""
KEY = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [
        ("chats", "0006_a_conversation_changes_hands_when_a_colleague_accepts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", KEY),
                ("since", models.DateTimeField(verbose_name="lit depuis")),
                (
                    "until",
                    models.DateTimeField(blank=True, null=True, verbose_name="a lu jusqu'à"),
                ),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="coordinateur",
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="chats.conversation",
                        verbose_name="conversation",
                    ),
                ),
            ],
            options={
                "verbose_name": "lecture d'une conversation par un coordinateur",
                "verbose_name_plural": "lectures de conversations par un coordinateur",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("conversation", "agent"),
                        name="chat_read_along_once_at_a_time",
                    )
                ],
            },
        ),
        migrations.RunSQL(READINGS, NO_READINGS),
    ]
