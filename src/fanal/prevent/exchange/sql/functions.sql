-- Who asks speaks through these functions of the owner; none gives back a word of whoever asked.

CREATE OR REPLACE FUNCTION exchange_organisations() RETURNS SETOF bigint LANGUAGE sql STABLE AS
$$ SELECT p.organisation_id
     FROM agents_posting p JOIN agents_organisation o ON o.id = p.organisation_id
    WHERE p.agent_id = access_agent() AND p.role IN ('listener', 'coordinator')
      AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())
      AND o.kind = 'helpline' $$;

-- « kept » with its reference, « known » when this form was sent before, « slow »: wait a minute.
CREATE OR REPLACE FUNCTION exchange_keep(
    its_sent uuid, name uuid, moderators bigint, its_writer text, dep text, its_level integer,
    its_reasons jsonb, body bytea, moment timestamptz, most integer
) RETURNS TABLE (answer text, ref uuid, received_at timestamptz, state text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    written bigint;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM exchange_question q WHERE q.sent = its_sent) THEN
        IF (SELECT count(*) FROM exchange_question q
             WHERE q.received_at > moment - interval '1 minute' AND q.received_at <= moment) >= most
        THEN
            RETURN QUERY SELECT 'slow'::text, NULL::uuid, NULL::timestamptz, NULL::text;
            RETURN;
        END IF;
        INSERT INTO exchange_question (ref, sent, organisation_id, state, writer, departement, level,
                                       reasons, text, answer, received_at)
        VALUES (name, its_sent, moderators, 'waiting', its_writer, dep, its_level, its_reasons, body,
                '', moment)
        ON CONFLICT (sent) DO NOTHING RETURNING id INTO written;
        IF written IS NOT NULL THEN
            RETURN QUERY SELECT 'kept'::text, name, moment, 'waiting'::text;
            RETURN;
        END IF;
    END IF;
    RETURN QUERY SELECT 'known'::text, q.ref, q.received_at, q.state::text
                   FROM exchange_question q WHERE q.sent = its_sent;
END $$;

-- What a code leads to: where the question stands, and its answer; never a word of who asked.
CREATE OR REPLACE FUNCTION exchange_answer(name uuid) RETURNS TABLE (
    state text, answer bytea, answered_at timestamptz
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT q.state::text, q.answer, q.answered_at FROM exchange_question q WHERE q.ref = name
$$;

CREATE OR REPLACE FUNCTION exchange_others_wait(name uuid, moderators bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM exchange_question q
                    WHERE q.organisation_id = moderators AND q.state = 'waiting' AND q.ref <> name)
$$;
