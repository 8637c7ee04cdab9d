-- Who listens sees the blocks of their helpline.

ALTER TABLE blocks_block ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS block_seen_by_who_listens ON blocks_block;
CREATE POLICY block_seen_by_who_listens ON blocks_block FOR SELECT
    USING (organisation_id IN (SELECT chats_organisations()));
DROP POLICY IF EXISTS block_set_by_who_listens ON blocks_block;
CREATE POLICY block_set_by_who_listens ON blocks_block FOR INSERT
    WITH CHECK (organisation_id IN (SELECT chats_organisations()));
DROP POLICY IF EXISTS block_moved_by_who_listens ON blocks_block;
CREATE POLICY block_moved_by_who_listens ON blocks_block FOR UPDATE
    USING (organisation_id IN (SELECT chats_organisations()));
