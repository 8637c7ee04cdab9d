-- What was shared or opened stays as it was.

-- What left, and what was opened, is kept as it was; only answers and reviews are added. What a
-- share held may be emptied, when its term of keeping has come.
CREATE OR REPLACE FUNCTION access_keep_what_was_opened() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    living text[] := CASE TG_TABLE_NAME
        WHEN 'access_disclosurerecord'
        THEN ARRAY['received_at', 'returned_at', 'reply', 'withdrawn_at']
        ELSE ARRAY['reviewed_at', 'reviewed_by_id', 'verdict', 'review_reason'] END;
BEGIN
    IF TG_TABLE_NAME = 'access_disclosurerecord' AND to_jsonb(NEW) -> 'package' = '[]'::jsonb THEN
        living := living || ARRAY['package', 'purpose', 'exemption_reason'];
    END IF;
    IF to_jsonb(OLD) - living <> to_jsonb(NEW) - living THEN
        RAISE EXCEPTION '% is kept as it was', TG_TABLE_NAME USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER disclosure_is_kept BEFORE UPDATE ON access_disclosurerecord
    FOR EACH ROW EXECUTE FUNCTION access_keep_what_was_opened();
CREATE OR REPLACE TRIGGER opening_is_kept BEFORE UPDATE ON access_breakglass
    FOR EACH ROW EXECUTE FUNCTION access_keep_what_was_opened();
