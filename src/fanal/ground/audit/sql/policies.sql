-- Traces are added and read, their chains and seals are read; an authority's overseer reads all of its traces.

ALTER TABLE audit_trace ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- Everybody adds; an agent reads back their own, and those of the authority they answer for,
-- but for the files that are closed to them: who follows a sealed file is part of its secret.
DROP POLICY IF EXISTS trace_added ON audit_trace;
CREATE POLICY trace_added ON audit_trace FOR INSERT WITH CHECK (true);
DROP POLICY IF EXISTS trace_seen ON audit_trace;
CREATE POLICY trace_seen ON audit_trace FOR SELECT USING (
    agent_id = (SELECT access_agent())
    OR (
        authority_code IN (SELECT access_authorities())
        AND EXISTS (SELECT 1 FROM access_casefile f WHERE f.ref = audit_trace.case_file_ref)
    )
);
-- The traces, sealed files included; never the files.
DROP POLICY IF EXISTS trace_overseen ON audit_trace;
CREATE POLICY trace_overseen ON audit_trace FOR SELECT USING (
    authority_code IN (SELECT audit_overseen())
);

ALTER TABLE audit_link ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS link_seen ON audit_link;
CREATE POLICY link_seen ON audit_link FOR SELECT USING (true);

ALTER TABLE audit_head ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS head_seen ON audit_head;
CREATE POLICY head_seen ON audit_head FOR SELECT USING (true);

ALTER TABLE audit_horizon ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS horizon_seen ON audit_horizon;
CREATE POLICY horizon_seen ON audit_horizon FOR SELECT USING (true);

ALTER TABLE audit_seal ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS seal_seen ON audit_seal;
CREATE POLICY seal_seen ON audit_seal FOR SELECT USING (true);
DROP POLICY IF EXISTS seal_added ON audit_seal;
CREATE POLICY seal_added ON audit_seal FOR INSERT WITH CHECK (true);

ALTER TABLE audit_term ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS term_seen ON audit_term;
CREATE POLICY term_seen ON audit_term FOR SELECT USING (true);

ALTER TABLE audit_segment ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS segment_seen ON audit_segment;
CREATE POLICY segment_seen ON audit_segment FOR SELECT USING (true);

-- Counted for whoever is unknown, and closed by scheduled work: no agent reads nor changes a count.
ALTER TABLE audit_refusaltally ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS tally_of_nobody ON audit_refusaltally;
CREATE POLICY tally_of_nobody ON audit_refusaltally
    USING ((SELECT access_agent()) IS NULL AND (SELECT access_organisation()) IS NULL);
