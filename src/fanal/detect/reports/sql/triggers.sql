-- Its words do not change once sent, its states follow one another, and none is skipped.

CREATE OR REPLACE FUNCTION reports_keep_course() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    living text[] := ARRAY[
        'status', 'updated_at', 'acknowledged_at', 'informed_back_at', 'closed_at',
        'parents_allowed_at', 'parents_told_at'
    ];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'draft' THEN
            RAISE EXCEPTION 'report_begins_as_a_draft' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.status <> 'draft' AND to_jsonb(OLD) - living <> to_jsonb(NEW) - living THEN
        RAISE EXCEPTION 'report_sent_does_not_change' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status = OLD.status THEN
        RETURN NEW;
    END IF;
    IF (OLD.status, NEW.status) NOT IN (
        ('draft', 'sent'), ('sent', 'acknowledged'),
        ('acknowledged', 'informed_back'), ('informed_back', 'closed')
    ) THEN
        RAISE EXCEPTION 'report_skips_no_state' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status IN ('informed_back', 'closed') AND NOT EXISTS (
        SELECT 1 FROM reports_reportoutcome o WHERE o.report_id = NEW.id
    ) THEN
        RAISE EXCEPTION 'report_answered_has_an_outcome' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER report_keeps_its_course
    BEFORE INSERT OR UPDATE ON reports_report
    FOR EACH ROW EXECUTE FUNCTION reports_keep_course();
