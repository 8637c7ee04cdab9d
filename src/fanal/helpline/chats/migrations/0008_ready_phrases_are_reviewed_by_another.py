"""A text is written by one and reviewed by another, who coordinates; it never changes."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PHRASES = """
-- Helplines that the asking agent coordinates today.
CREATE FUNCTION chats_coordinated() RETURNS SETOF bigint LANGUAGE sql STABLE AS
$$ SELECT p.organisation_id
     FROM agents_posting p JOIN agents_organisation o ON o.id = p.organisation_id
    WHERE p.agent_id = access_agent() AND p.role = 'coordinator'
      AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())
      AND o.kind = 'helpline' $$;

ALTER TABLE chats_phrase ENABLE ROW LEVEL SECURITY;
ALTER TABLE chats_phrase FORCE ROW LEVEL SECURITY;
CREATE POLICY phrase_seen_by_who_listens ON chats_phrase FOR SELECT
    USING (organisation_id IN (SELECT chats_organisations()));
CREATE POLICY phrase_written_by_who_listens ON chats_phrase FOR INSERT
    WITH CHECK (written_by_id = access_agent() AND state = 'draft'
                AND organisation_id IN (SELECT chats_organisations()));
CREATE POLICY phrase_reviewed_by_who_coordinates ON chats_phrase FOR UPDATE
    USING (organisation_id IN (SELECT chats_coordinated()));

CREATE FUNCTION chats_phrase_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a text that was written does not change' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER phrase_does_not_change BEFORE UPDATE ON chats_phrase FOR EACH ROW
    WHEN (old.text <> new.text OR old.title <> new.title OR old.version <> new.version
          OR old.root <> new.root OR old.written_by_id <> new.written_by_id)
    EXECUTE FUNCTION chats_phrase_stays();

ALTER TABLE chats_proposal ENABLE ROW LEVEL SECURITY;
ALTER TABLE chats_proposal FORCE ROW LEVEL SECURITY;
CREATE POLICY proposal_seen_with_its_conversation ON chats_proposal FOR SELECT
    USING (conversation_id IN (SELECT id FROM chats_conversation));
CREATE POLICY proposal_made_by_who_listens ON chats_proposal FOR INSERT
    WITH CHECK (by_id = access_agent()
                AND conversation_id IN (SELECT id FROM chats_conversation c
                                         WHERE c.listener_id = access_agent()));
CREATE POLICY proposal_kept_in_time ON chats_proposal
    USING ((SELECT access_purpose()) = 'retention');
"""

NO_PHRASES = """
DROP POLICY proposal_kept_in_time ON chats_proposal;
DROP POLICY proposal_made_by_who_listens ON chats_proposal;
DROP POLICY proposal_seen_with_its_conversation ON chats_proposal;
DROP TRIGGER phrase_does_not_change ON chats_phrase;
DROP FUNCTION chats_phrase_stays();
DROP POLICY phrase_reviewed_by_who_coordinates ON chats_phrase;
DROP POLICY phrase_written_by_who_listens ON chats_phrase;
DROP POLICY phrase_seen_by_who_listens ON chats_phrase;
DROP FUNCTION chats_coordinated();
"""
KEY = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")
STATES = [("draft", "à relire"), ("reviewed", "relue"), ("retired", "retirée")]


def to(model: str, name: str, *, related: str = "+", null: bool = False) -> models.ForeignKey:
    return models.ForeignKey(
        blank=null,
        null=null,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related,
        to=model,
        verbose_name=name,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("chats", "0007_a_coordinator_reads_along_and_it_is_said"),
        ("agents", "0005_listeners_and_coordinators"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Phrase",
            fields=[
                ("id", KEY),
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, unique=True, verbose_name="référence"
                    ),
                ),
                ("root", models.UUIDField(default=uuid.uuid4, verbose_name="phrase")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                ("title", models.CharField(max_length=80, verbose_name="titre")),
                ("text", models.TextField(verbose_name="texte")),
                (
                    "state",
                    models.CharField(
                        choices=STATES, default="draft", max_length=10, verbose_name="état"
                    ),
                ),
                ("written_at", models.DateTimeField(verbose_name="écrite le")),
                (
                    "reviewed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="relue le"),
                ),
                ("organisation", to("agents.organisation", "organisation")),
                ("reviewed_by", to(settings.AUTH_USER_MODEL, "relue par", null=True)),
                ("written_by", to(settings.AUTH_USER_MODEL, "écrite par")),
            ],
            options={
                "verbose_name": "phrase prête",
                "verbose_name_plural": "phrases prêtes",
                "ordering": ("title", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("root", "version"), name="phrase_one_text_a_version"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "reviewed"), _negated=True),
                            models.Q(
                                ("reviewed_at__isnull", False),
                                ("reviewed_by__isnull", False),
                                models.Q(("reviewed_by", models.F("written_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="phrase_reviewed_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", KEY),
                ("way", models.CharField(max_length=30, verbose_name="moyen")),
                ("at", models.DateTimeField(verbose_name="proposé le")),
                ("by", to(settings.AUTH_USER_MODEL, "proposé par")),
                (
                    "conversation",
                    to("chats.conversation", "conversation", related="proposals"),
                ),
            ],
            options={
                "verbose_name": "moyen proposé",
                "verbose_name_plural": "moyens proposés",
                "ordering": ("pk",),
            },
        ),
        migrations.RunSQL(PHRASES, NO_PHRASES),
    ]
