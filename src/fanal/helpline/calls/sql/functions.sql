-- A line tells of calls by functions of the owner: it rings, and nobody else writes a call.

-- Whether it rang: told again of the same call, it had.
CREATE OR REPLACE FUNCTION calls_rang(
    helpline bigint, its_ref uuid, its_caller bytea, is_dissuaded boolean, moment timestamptz
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    made integer;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM agents_organisation o WHERE o.id = helpline AND o.kind = 'helpline')
       OR length(its_caller) <> 32 THEN
        RETURN false;
    END IF;
    INSERT INTO calls_call (ref, organisation_id, caller, arrived_at, ended_at, dissuaded, treated)
    VALUES (its_ref, helpline, its_caller, moment,
            CASE WHEN is_dissuaded THEN moment END, is_dissuaded, false)
    ON CONFLICT (ref) DO NOTHING;
    GET DIAGNOSTICS made = ROW_COUNT;
    PERFORM pg_notify('chats_queue', helpline::text);
    RETURN made > 0;
END $$;

-- Whether they were there until then.
CREATE OR REPLACE FUNCTION calls_gone(its_ref uuid, moment timestamptz)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    helpline bigint;
BEGIN
    UPDATE calls_call c SET ended_at = greatest(moment, c.answered_at, c.arrived_at)
     WHERE c.ref = its_ref AND c.ended_at IS NULL
    RETURNING c.organisation_id INTO helpline;
    IF helpline IS NULL THEN
        RETURN false;
    END IF;
    PERFORM pg_notify('chats_queue', helpline::text);
    RETURN true;
END $$;
