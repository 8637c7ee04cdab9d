"""
A letter or a question where a danger is read rings on the desk of whoever listens; taken, settled,
it is silent.
"""

from django.db import migrations

RING = """
CREATE TRIGGER letter_in_danger_rings AFTER INSERT ON letters_letter
    FOR EACH ROW WHEN (NEW.level = 0) EXECUTE FUNCTION chats_ring();
CREATE TRIGGER letter_now_in_danger_rings AFTER UPDATE OF level, state ON letters_letter
    FOR EACH ROW
    WHEN ((NEW.level = 0 OR OLD.level = 0) AND (NEW.level, NEW.state) <> (OLD.level, OLD.state))
    EXECUTE FUNCTION chats_ring();

CREATE TRIGGER question_in_danger_rings AFTER INSERT OR UPDATE OF state ON exchange_question
    FOR EACH ROW WHEN (NEW.level = 0) EXECUTE FUNCTION chats_ring();
"""

SILENCE = """
DROP TRIGGER question_in_danger_rings ON exchange_question;
DROP TRIGGER letter_now_in_danger_rings ON letters_letter;
DROP TRIGGER letter_in_danger_rings ON letters_letter;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0002_a_code_or_a_posting_opens_a_letter"),
        ("chats", "0013_a_danger_rings_at_once"),
        ("exchange", "0005_who_moderates_is_told_that_one_waits"),
    ]

    operations = [migrations.RunSQL(RING, SILENCE)]
