-- What was filed stays as it was; a new key may wrap its bytes again.

CREATE OR REPLACE FUNCTION documents_stay_as_filed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.ref, NEW.case_file_id, NEW.kind, NEW.title, NEW.size, NEW.sha256,
        NEW.created_at, NEW.created_by_id)
       IS DISTINCT FROM
       (OLD.ref, OLD.case_file_id, OLD.kind, OLD.title, OLD.size, OLD.sha256,
        OLD.created_at, OLD.created_by_id)
       OR (OLD.superseded_by_id IS NOT NULL
           AND NEW.superseded_by_id IS DISTINCT FROM OLD.superseded_by_id)
       OR NOT documents_same_letter(
           OLD.pdf, NEW.pdf,
           (SELECT pg_has_role(current_user, relowner, 'MEMBER') FROM pg_class WHERE oid = TG_RELID)
       )
    THEN
        RAISE EXCEPTION 'a filed document does not change' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER stay_as_filed BEFORE UPDATE ON documents_document
    FOR EACH ROW EXECUTE FUNCTION documents_stay_as_filed();
