"""Who listens sees the blocks of their helpline; whoever comes is looked for without being told."""

from django.db import migrations

GUARD = """
ALTER TABLE blocks_block ENABLE ROW LEVEL SECURITY;
ALTER TABLE blocks_block FORCE ROW LEVEL SECURITY;
CREATE POLICY block_seen_by_who_listens ON blocks_block FOR SELECT
    USING (organisation_id IN (SELECT chats_organisations()));
CREATE POLICY block_set_by_who_listens ON blocks_block FOR INSERT
    WITH CHECK (organisation_id IN (SELECT chats_organisations()));
CREATE POLICY block_moved_by_who_listens ON blocks_block FOR UPDATE
    USING (organisation_id IN (SELECT chats_organisations()));

-- Of these, those that a block holds at that moment: not over, not lifted, and confirmed by
-- somebody within a day. A block is no block any more at the very instant of its end.
CREATE FUNCTION blocks_held(its_handle text, digests text[], moment timestamptz)
RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT b.digest::text FROM blocks_block b
     WHERE b.handle = its_handle AND b.digest = ANY (digests)
       AND b.set_at <= moment AND moment < b.until
       AND (b.confirmed_at IS NOT NULL OR moment < b.set_at + interval '1 day')
       AND (b.lifted_at IS NULL OR moment < b.lifted_at)
$$;

-- Blocks that ended before that moment go whole; how many.
CREATE FUNCTION blocks_forget(before timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    gone integer;
BEGIN
    DELETE FROM blocks_block b
     WHERE least(b.until, b.lifted_at,
                 CASE WHEN b.confirmed_at IS NULL THEN b.set_at + interval '1 day' END) < before;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;
"""

UNGUARD = """
DROP FUNCTION blocks_forget(timestamptz);
DROP FUNCTION blocks_held(text, text[], timestamptz);
DROP POLICY block_moved_by_who_listens ON blocks_block;
DROP POLICY block_set_by_who_listens ON blocks_block;
DROP POLICY block_seen_by_who_listens ON blocks_block;
ALTER TABLE blocks_block NO FORCE ROW LEVEL SECURITY;
ALTER TABLE blocks_block DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("blocks", "0001_blocks"),
        ("chats", "0002_a_key_or_a_posting_opens_a_conversation"),
    ]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
