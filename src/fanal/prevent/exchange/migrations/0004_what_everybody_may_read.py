"""
Everybody reads through a view of the owner: published texts, and not who wrote or read them.

The table opens to who moderates alone. The view joins, so that nothing is written through it.
"""

from django.db import migrations

WALL = """
DROP POLICY entry_seen_by_everybody_once_read ON exchange_publicanswer;
CREATE VIEW exchange_published WITH (security_barrier = true) AS
SELECT a.id, a.ref, a.title, a.question, a.answer, a.words, a.reviewed_at
  FROM exchange_publicanswer a JOIN agents_organisation o ON o.id = a.organisation_id
 WHERE a.state = 'published';
"""

OPEN = """
DROP VIEW exchange_published;
CREATE POLICY entry_seen_by_everybody_once_read ON exchange_publicanswer FOR SELECT
    USING (state = 'published');
"""


class Migration(migrations.Migration):
    dependencies = [("exchange", "0003_published_answers_are_a_view")]

    operations = [migrations.RunSQL(WALL, OPEN)]
