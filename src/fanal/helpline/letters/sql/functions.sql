-- Who writes a letter speaks through these functions of the owner, by the reference that the return
-- code leads to; none gives back a word of whoever wrote.

-- « kept » with its reference, « known » when this form was sent before, « slow »: wait a minute,
-- « nobody »: no helpline of this number. Those in danger are counted apart.
CREATE OR REPLACE FUNCTION letters_keep(
    its_sent uuid, name uuid, helpline bigint, its_source text, its_writer text, its_topic text,
    dep text, danger boolean, its_level integer, its_reasons jsonb, its_rules text, its_way text,
    its_contact bytea, its_when bytea, text_name uuid, body bytea, moment timestamptz,
    due timestamptz, latest timestamptz, most integer
) RETURNS TABLE (answer text, ref uuid, received_at timestamptz, state text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    written bigint;
BEGIN
    RETURN QUERY SELECT 'known'::text, l.ref, l.received_at, l.state::text
                   FROM letters_letter l WHERE l.sent = its_sent;
    IF FOUND THEN
        RETURN;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM agents_organisation o WHERE o.id = helpline AND o.kind = 'helpline')
    THEN
        RETURN QUERY SELECT 'nobody'::text, NULL::uuid, NULL::timestamptz, NULL::text;
        RETURN;
    END IF;
    IF (SELECT count(*) FROM letters_letter l
         WHERE l.received_at > moment - interval '1 minute' AND l.received_at <= moment
           AND l.in_danger = danger) >= most THEN
        RETURN QUERY SELECT 'slow'::text, NULL::uuid, NULL::timestamptz, NULL::text;
        RETURN;
    END IF;
    INSERT INTO letters_letter (
        ref, sent, organisation_id, source, state, writer, topic, departement, in_danger, level,
        reasons, rules, way, contact, safe_when, received_at, due_at, limit_at, last)
    VALUES (
        name, its_sent, helpline, its_source, 'waiting', its_writer, its_topic, dep, danger,
        its_level, its_reasons, its_rules, its_way, its_contact, its_when, moment, due, latest, 1)
    ON CONFLICT (sent) DO NOTHING RETURNING id INTO written;
    IF written IS NULL THEN
        RETURN QUERY SELECT 'known'::text, l.ref, l.received_at, l.state::text
                       FROM letters_letter l WHERE l.sent = its_sent;
        RETURN;
    END IF;
    INSERT INTO letters_lettertext (ref, letter_id, number, side, way, text, key, at)
         VALUES (text_name, written, 1, 'writer', 'code', body, its_sent, moment);
    RETURN QUERY SELECT 'kept'::text, name, moment, 'waiting'::text;
END $$;

-- « said », « again » when this word was sent before, « unknown », or « slow », which who is in danger
-- never hears. An answered letter waits again, with a new promise; a word may only raise the class.
CREATE OR REPLACE FUNCTION letters_add(
    name uuid, text_name uuid, its_key uuid, body bytea, danger boolean, its_level integer,
    its_reasons jsonb, moment timestamptz, due timestamptz, latest timestamptz, an_hour integer,
    in_all integer
) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    found_one letters_letter%ROWTYPE;
BEGIN
    SELECT l.* INTO found_one FROM letters_letter l WHERE l.ref = name FOR UPDATE;
    IF NOT FOUND THEN
        RETURN 'unknown';
    END IF;
    IF EXISTS (SELECT 1 FROM letters_lettertext t
                WHERE t.letter_id = found_one.id AND t.key = its_key) THEN
        RETURN 'again';
    END IF;
    IF NOT danger AND (found_one.last >= in_all OR (
        SELECT count(*) FROM letters_lettertext t
         WHERE t.letter_id = found_one.id AND t.side = 'writer' AND t.number > 1
           AND t.at > moment - interval '1 hour') >= an_hour) THEN
        RETURN 'slow';
    END IF;
    INSERT INTO letters_lettertext (ref, letter_id, number, side, way, text, key, at)
         VALUES (text_name, found_one.id, found_one.last + 1, 'writer', 'code', body, its_key, moment);
    UPDATE letters_letter l
       SET last = l.last + 1, in_danger = l.in_danger OR danger,
           level = least(l.level, its_level),
           reasons = l.reasons || coalesce((
               SELECT jsonb_agg(one) FROM jsonb_array_elements(its_reasons) one
                WHERE NOT l.reasons @> jsonb_build_array(one)), '[]'::jsonb)
     WHERE l.id = found_one.id;
    IF found_one.state IN ('answered', 'closed') THEN
        UPDATE letters_letter l
           SET state = 'waiting', listener_id = NULL, taken_at = NULL, closed_at = NULL,
               due_at = due, limit_at = latest, late_told_at = NULL, limit_told_at = NULL
         WHERE l.id = found_one.id;
    END IF;
    RETURN 'said';
END $$;

-- What a code leads to: where the letter stands, and the answers; never a word of who wrote.
CREATE OR REPLACE FUNCTION letters_answers(name uuid) RETURNS TABLE (
    state text, due_at timestamptz, number integer, ref uuid, text bytea, at timestamptz
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT l.state::text, l.due_at, t.number, t.ref, t.text, t.at
      FROM letters_letter l
      LEFT JOIN letters_lettertext t ON t.letter_id = l.id AND t.side = 'listener'
     WHERE l.ref = name ORDER BY t.number
$$;
