-- A file leaves when its time has come and nothing holds it.

-- A file goes under one purpose alone, and never while a hold stands on it.
CREATE OR REPLACE FUNCTION retention_guard_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF access_purpose() IS DISTINCT FROM 'retention' THEN
        RAISE EXCEPTION 'casefile_is_erased_in_time_alone' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM retention_hold h WHERE h.case_file_id = OLD.id AND h.lifted_at IS NULL
    ) THEN
        RAISE EXCEPTION 'casefile_is_held' USING ERRCODE = 'check_violation';
    END IF;
    RETURN OLD;
END $$;
CREATE OR REPLACE TRIGGER casefile_goes_in_time BEFORE DELETE ON access_casefile
    FOR EACH ROW EXECUTE FUNCTION retention_guard_file();

CREATE OR REPLACE FUNCTION retention_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'retention_erasure is append-only' USING ERRCODE = 'check_violation';
END $$;
CREATE OR REPLACE TRIGGER erasure_is_append_only BEFORE UPDATE OR DELETE ON retention_erasure
    FOR EACH ROW EXECUTE FUNCTION retention_refuse_rewriting();
CREATE OR REPLACE TRIGGER erasure_is_not_emptied BEFORE TRUNCATE ON retention_erasure
    FOR EACH STATEMENT EXECUTE FUNCTION retention_refuse_rewriting();
