"""Moves are rows that nobody changes: the order of the queue is that of the rules, and of them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

MOVES = """
ALTER TABLE chats_move ENABLE ROW LEVEL SECURITY;
ALTER TABLE chats_move FORCE ROW LEVEL SECURITY;
CREATE POLICY move_seen_with_its_conversation ON chats_move FOR SELECT
    USING (conversation_id IN (SELECT id FROM chats_conversation));
CREATE POLICY move_decided_by_who_listens ON chats_move FOR INSERT
    WITH CHECK (by_id = access_agent()
                AND conversation_id IN (SELECT id FROM chats_conversation)
                AND other_id IN (SELECT id FROM chats_conversation));
CREATE POLICY move_kept_in_time ON chats_move
    USING ((SELECT access_purpose()) = 'retention');

-- Of those who wait, since they wait; without a word: places in the queue are counted from it.
CREATE FUNCTION chats_moves(helpline bigint) RETURNS TABLE (
    ref uuid, before boolean, other uuid, level integer, minor boolean, opened_at timestamptz
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.ref, m.before, o.ref, o.level::integer, o.minor, o.opened_at
      FROM chats_conversation c
      JOIN chats_move m ON m.conversation_id = c.id AND m.at >= c.opened_at
      JOIN chats_conversation o ON o.id = m.other_id
     WHERE c.organisation_id = helpline AND c.state = 'waiting'
     ORDER BY m.id
$$;
"""

NO_MOVES = """
DROP FUNCTION chats_moves(bigint);
DROP POLICY move_kept_in_time ON chats_move;
DROP POLICY move_decided_by_who_listens ON chats_move;
DROP POLICY move_seen_with_its_conversation ON chats_move;
"""
KEY = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")
WHY = [
    ("graver", "plus grave que les règles ne le voient"),
    ("calmer", "moins pressé que les règles ne le voient"),
    ("soon_gone", "ne pourra plus écrire longtemps"),
    ("cut", "conversation coupée, à reprendre"),
    ("asked", "attend une personne précise"),
    ("other", "autre motif, écrit ci-dessous"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("chats", "0004_who_comes_back_hears_nothing_said_before"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Move",
            fields=[
                ("id", KEY),
                ("before", models.BooleanField(verbose_name="avant")),
                ("why", models.CharField(choices=WHY, max_length=10, verbose_name="motif")),
                (
                    "words",
                    models.CharField(blank=True, max_length=200, verbose_name="précision"),
                ),
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
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="chats.conversation",
                        verbose_name="conversation",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="chats.conversation",
                        verbose_name="par rapport à",
                    ),
                ),
            ],
            options={
                "verbose_name": "déplacement dans la file",
                "verbose_name_plural": "déplacements dans la file",
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("conversation", models.F("other")), _negated=True),
                        name="chat_move_is_about_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("why", "other"), _negated=True),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="chat_move_for_another_reason_says_it",
                    ),
                ],
            },
        ),
        migrations.RunSQL(MOVES, NO_MOVES),
    ]
