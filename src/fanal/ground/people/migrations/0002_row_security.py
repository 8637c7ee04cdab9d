"""A person is seen with the case file, and by nobody else."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

TABLES = ("people_minor", "people_holder", "people_merge")

FORWARD = "".join(
    f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY seen_with_the_file ON {table}
    USING (EXISTS (SELECT 1 FROM access_casefile f WHERE f.id = case_file_id));
"""
    for table in TABLES
)
BACKWARD = "".join(
    f"""
DROP POLICY seen_with_the_file ON {table};
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""
    for table in TABLES
)

# A tie speaks of two files: it is seen by whoever sees both.
TIES = """
ALTER TABLE people_tie ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_tie FORCE ROW LEVEL SECURITY;
CREATE POLICY seen_with_both_files ON people_tie USING (
    case_file_id IN (SELECT id FROM access_casefile)
    AND other_id IN (SELECT id FROM access_casefile)
);
"""
NO_TIES = """
DROP POLICY seen_with_both_files ON people_tie;
ALTER TABLE people_tie NO FORCE ROW LEVEL SECURITY;
ALTER TABLE people_tie DISABLE ROW LEVEL SECURITY;
"""

# "Other information exists": told to whoever holds one of the two files, unless the other is
# sealed or closed to that agent. The function looks behind the wall and brings back only that.
MATCHES = """
CREATE FUNCTION people_may_be_hinted(file bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM access_casefile f
         WHERE f.id = file AND f.sealed_at IS NULL
           AND f.id NOT IN (SELECT access_excluded())
    )
$$;
ALTER TABLE people_possiblematch ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_possiblematch FORCE ROW LEVEL SECURITY;
CREATE POLICY seen_from_either_file ON people_possiblematch USING (
    (case_file_id IN (SELECT id FROM access_casefile) AND people_may_be_hinted(other_id))
    OR (other_id IN (SELECT id FROM access_casefile) AND people_may_be_hinted(case_file_id))
);
CREATE INDEX minor_by_name_likeness ON people_minor USING gin (name_plain gin_trgm_ops);
"""
NO_MATCHES = """
DROP INDEX minor_by_name_likeness;
DROP POLICY seen_from_either_file ON people_possiblematch;
ALTER TABLE people_possiblematch NO FORCE ROW LEVEL SECURITY;
ALTER TABLE people_possiblematch DISABLE ROW LEVEL SECURITY;
DROP FUNCTION people_may_be_hinted(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_minors"), ("access", "0002_row_security")]

    operations = [
        TrigramExtension(),
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunSQL(TIES, NO_TIES),
        migrations.RunSQL(MATCHES, NO_MATCHES),
    ]
