"""A document is seen with its case file, and what was filed stays as it was."""

from django.db import migrations

WALL = """
ALTER TABLE documents_document ENABLE ROW LEVEL SECURITY;
ALTER TABLE documents_document FORCE ROW LEVEL SECURITY;
CREATE POLICY seen_with_the_file ON documents_document
    USING (case_file_id IN (SELECT id FROM access_casefile));
"""
NO_WALL = """
DROP POLICY seen_with_the_file ON documents_document;
ALTER TABLE documents_document NO FORCE ROW LEVEL SECURITY;
ALTER TABLE documents_document DISABLE ROW LEVEL SECURITY;
"""

# Only the newer version may be written on a letter that was filed.
FILED = """
CREATE FUNCTION documents_stay_as_filed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.ref, NEW.case_file_id, NEW.kind, NEW.title, NEW.pdf, NEW.size, NEW.sha256,
        NEW.created_at, NEW.created_by_id)
       IS DISTINCT FROM
       (OLD.ref, OLD.case_file_id, OLD.kind, OLD.title, OLD.pdf, OLD.size, OLD.sha256,
        OLD.created_at, OLD.created_by_id)
       OR (OLD.superseded_by_id IS NOT NULL
           AND NEW.superseded_by_id IS DISTINCT FROM OLD.superseded_by_id)
    THEN
        RAISE EXCEPTION 'a filed document does not change' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stay_as_filed BEFORE UPDATE ON documents_document
    FOR EACH ROW EXECUTE FUNCTION documents_stay_as_filed();
"""
NOT_FILED = """
DROP TRIGGER stay_as_filed ON documents_document;
DROP FUNCTION documents_stay_as_filed();
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_documents"), ("access", "0002_row_security")]

    operations = [migrations.RunSQL(WALL, NO_WALL), migrations.RunSQL(FILED, NOT_FILED)]
