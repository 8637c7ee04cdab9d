"""
A summary is read by who asks and by who is asked.

One listener at a time: a conversation that is led passes to somebody else only by a transfer that
they accepted. What was asked of a conversation that is led no more is asked no more.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TRANSFERS = """
ALTER TABLE chats_transfer ENABLE ROW LEVEL SECURITY;
ALTER TABLE chats_transfer FORCE ROW LEVEL SECURITY;
CREATE POLICY transfer_seen_by_both ON chats_transfer FOR SELECT
    USING (conversation_id IN (SELECT id FROM chats_conversation)
           AND (asked_by_id = access_agent() OR to_id IS NULL OR to_id = access_agent()
                OR answered_by_id = access_agent()));
CREATE POLICY transfer_asked_by_who_listens ON chats_transfer FOR INSERT
    WITH CHECK (asked_by_id = access_agent()
                AND conversation_id IN (SELECT id FROM chats_conversation c
                                         WHERE c.listener_id = access_agent()));
CREATE POLICY transfer_answered_by_both ON chats_transfer FOR UPDATE
    USING (state = 'asked' AND conversation_id IN (SELECT id FROM chats_conversation)
           AND (asked_by_id = access_agent() OR to_id IS NULL OR to_id = access_agent()))
    WITH CHECK (answered_by_id = access_agent());
CREATE POLICY transfer_kept_in_time ON chats_transfer
    USING ((SELECT access_purpose()) = 'retention');

CREATE FUNCTION chats_one_listener() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM chats_transfer t
         WHERE t.conversation_id = new.id AND t.state = 'accepted'
           AND t.asked_by_id = old.listener_id AND t.answered_by_id = new.listener_id
           AND t.asked_at >= old.taken_at) THEN
        RAISE EXCEPTION 'a conversation has one listener' USING ERRCODE = 'check_violation';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER conversation_has_one_listener BEFORE UPDATE ON chats_conversation FOR EACH ROW
    WHEN (old.state = 'active' AND new.state = 'active'
          AND old.listener_id IS DISTINCT FROM new.listener_id)
    EXECUTE FUNCTION chats_one_listener();

CREATE FUNCTION chats_led_no_more() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE chats_transfer t SET state = 'withdrawn', answered_at = clock_timestamp()
     WHERE t.conversation_id = new.id AND t.state = 'asked';
    RETURN NULL;
END $$;
CREATE TRIGGER conversation_is_led_no_more AFTER UPDATE ON chats_conversation FOR EACH ROW
    WHEN (old.state = 'active' AND new.state <> 'active')
    EXECUTE FUNCTION chats_led_no_more();
"""

NO_TRANSFERS = """
DROP TRIGGER conversation_is_led_no_more ON chats_conversation;
DROP FUNCTION chats_led_no_more();
DROP TRIGGER conversation_has_one_listener ON chats_conversation;
DROP FUNCTION chats_one_listener();
DROP POLICY transfer_kept_in_time ON chats_transfer;
DROP POLICY transfer_answered_by_both ON chats_transfer;
DROP POLICY transfer_asked_by_who_listens ON chats_transfer;
DROP POLICY transfer_seen_by_both ON chats_transfer;
"""
KEY = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")
AGREED = [("yes", "oui"), ("no", "non"), ("not_asked", "pas demandé")]
STATES = [
    ("asked", "demandé"),
    ("accepted", "accepté"),
    ("declined", "décliné"),
    ("withdrawn", "retiré"),
]


def agent(name: str, *, null: bool = False) -> models.ForeignKey:
    return models.ForeignKey(
        blank=null,
        null=null,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        verbose_name=name,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("chats", "0005_listeners_move_those_who_wait"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Transfer",
            fields=[
                ("id", KEY),
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, unique=True, verbose_name="référence"
                    ),
                ),
                ("summary", models.TextField(verbose_name="résumé")),
                (
                    "agreed",
                    models.CharField(
                        choices=AGREED, max_length=10, verbose_name="la personne est d'accord"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=STATES, default="asked", max_length=10, verbose_name="état"
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="demandé le")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="répondu le"),
                ),
                ("answered_by", agent("répondu par", null=True)),
                ("asked_by", agent("demandé par")),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers",
                        to="chats.conversation",
                        verbose_name="conversation",
                    ),
                ),
                ("to", agent("demandé à", null=True)),
            ],
            options={
                "verbose_name": "relais",
                "verbose_name_plural": "relais",
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("conversation",),
                        name="chat_one_transfer_asked_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to__isnull", True),
                            models.Q(("to", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="chat_transfer_goes_to_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "accepted"), _negated=True),
                            models.Q(
                                ("answered_by__isnull", False),
                                models.Q(("answered_by", models.F("asked_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="chat_transfer_accepted_by_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("state", "asked")),
                            models.Q(
                                models.Q(("state", "asked"), _negated=True),
                                ("answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="chat_transfer_says_when_it_was_answered",
                    ),
                ],
            },
        ),
        migrations.RunSQL(TRANSFERS, NO_TRANSFERS),
    ]
