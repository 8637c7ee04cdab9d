"""Hours of one day, decided by who coordinates and asked by everybody; how many came lately."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

HOURS = """
ALTER TABLE chats_chathours ENABLE ROW LEVEL SECURITY;
ALTER TABLE chats_chathours FORCE ROW LEVEL SECURITY;
CREATE POLICY hours_seen_by_who_listens ON chats_chathours FOR SELECT
    USING (organisation_id IN (SELECT chats_organisations()));
CREATE POLICY hours_decided_by_who_coordinates ON chats_chathours FOR INSERT
    WITH CHECK (by_id = access_agent() AND organisation_id IN (SELECT chats_coordinated()));
CREATE POLICY hours_withdrawn_by_who_coordinates ON chats_chathours FOR DELETE
    USING (organisation_id IN (SELECT chats_coordinated()));

-- What the public page says of the days to come, and of nobody.
CREATE FUNCTION chats_hours(first date) RETURNS TABLE (day date, hours text, reason text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT h.day, h.hours::text, h.reason::text FROM chats_chathours h
     WHERE h.organisation_id = (SELECT o.id FROM agents_organisation o
                                 WHERE o.kind = 'helpline' ORDER BY o.id LIMIT 1)
       AND h.day >= first
     ORDER BY h.day
$$;

-- How many conversations began since a moment: those in danger now, or the others.
CREATE FUNCTION chats_came(helpline bigint, danger boolean, since timestamptz) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(*) FROM chats_conversation c
     WHERE c.organisation_id = helpline AND c.opened_at > since AND c.in_danger = danger
$$;
"""

NO_HOURS = """
DROP FUNCTION chats_came(bigint, boolean, timestamptz);
DROP FUNCTION chats_hours(date);
DROP POLICY hours_withdrawn_by_who_coordinates ON chats_chathours;
DROP POLICY hours_decided_by_who_coordinates ON chats_chathours;
DROP POLICY hours_seen_by_who_listens ON chats_chathours;
"""
KEY = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [
        ("chats", "0008_ready_phrases_are_reviewed_by_another"),
        ("agents", "0005_listeners_and_coordinators"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(fields=["organisation", "opened_at"], name="chat_by_opening"),
        ),
        migrations.CreateModel(
            name="ChatHours",
            fields=[
                ("id", KEY),
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, unique=True, verbose_name="référence"
                    ),
                ),
                ("day", models.DateField(verbose_name="jour")),
                ("hours", models.CharField(blank=True, max_length=60, verbose_name="horaires")),
                ("reason", models.CharField(max_length=60, verbose_name="motif")),
                ("at", models.DateTimeField(verbose_name="décidé le")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="décidé par",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agents.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "horaires d'un jour",
                "verbose_name_plural": "horaires d'un jour",
                "ordering": ("day",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "day"), name="chat_hours_once_a_day"
                    )
                ],
            },
        ),
        migrations.RunSQL(HOURS, NO_HOURS),
    ]
