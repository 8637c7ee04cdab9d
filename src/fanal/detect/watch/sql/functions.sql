-- Who writes an alert speaks through these functions of the owner.
--
-- None gives back a word of whoever wrote, nor anything that the desk writes for itself: a receipt
-- reads a state, dates and what the desk tells.

CREATE OR REPLACE FUNCTION watch_departements() RETURNS SETOF varchar LANGUAGE sql STABLE AS
$$ SELECT o.departement_id
     FROM agents_posting p JOIN agents_organisation o ON o.id = p.organisation_id
    WHERE p.agent_id = access_agent() AND p.role = 'contact_point'
      AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())
      AND o.kind = 'police' AND o.departement_id IS NOT NULL $$;

-- Alerts of the asking agent's own départements in which every word stands. A policy would keep
-- the index out of it: no search of words is leakproof.
CREATE OR REPLACE FUNCTION watch_found(wanted text) RETURNS SETOF bigint LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.id FROM watch_lodgingalert a
     WHERE to_tsvector('simple', a.searched) @@ to_tsquery('simple', wanted)
       AND a.departement_id IN (SELECT watch_departements())
     ORDER BY a.received_at DESC LIMIT 500
$$;

-- « kept » with its reference, « known » when it was sent before, « slow »: wait a minute. Those in
-- danger are counted apart.
CREATE OR REPLACE FUNCTION watch_keep(
    doc jsonb, its_words bytea, its_contact bytea, its_hour timestamptz, most integer
)
RETURNS TABLE (answer text, ref uuid, received_at timestamptz, state text, receipt text, digest text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    written bigint;
    platform bigint := (doc->>'organisation')::bigint;
BEGIN
    RETURN QUERY SELECT 'known'::text, a.ref, a.received_at, a.state::text, a.receipt::text,
                        a.content_digest::text
                   FROM watch_lodgingalert a
                  WHERE a.sent = (doc->>'sent')::uuid
                     OR (platform IS NOT NULL AND a.organisation_id = platform
                         AND a.external_ref = doc->>'external_ref');
    IF FOUND THEN
        RETURN;
    END IF;
    IF (SELECT count(*) FROM watch_lodgingalert a
         WHERE a.received_at > its_hour - interval '1 minute' AND a.received_at <= its_hour
           AND a.danger = (doc->>'danger')::boolean) >= most THEN
        RETURN QUERY SELECT 'slow'::text, NULL::uuid, NULL::timestamptz, NULL::text, NULL::text,
                            NULL::text;
        RETURN;
    END IF;
    INSERT INTO watch_lodgingalert (
        ref, sent, receipt, source, organisation_id, external_ref, content_digest, received_at,
        departement_id, commune_id, lodging, address, listing, place_key, listing_key, searched,
        moment, danger, minor, there_now, signs, words, writer, contact, state, decision, result,
        word_waits, last, last_step)
    VALUES (
        (doc->>'ref')::uuid, (doc->>'sent')::uuid, doc->>'receipt', doc->>'source', platform,
        doc->>'external_ref', doc->>'digest', its_hour, doc->>'departement', doc->>'commune',
        doc->>'lodging', doc->>'address', doc->>'listing', doc->>'place_key',
        doc->>'listing_key', doc->>'searched', doc->>'moment', (doc->>'danger')::boolean,
        doc->>'minor', doc->>'there_now', doc->'signs', its_words, doc->>'writer', its_contact,
        'received', '', '', false, 0, 0)
    ON CONFLICT DO NOTHING RETURNING id INTO written;
    IF written IS NULL THEN
        -- The same one arrived twice at once: the other was first.
        RETURN QUERY SELECT 'known'::text, a.ref, a.received_at, a.state::text, a.receipt::text,
                            a.content_digest::text
                       FROM watch_lodgingalert a
                      WHERE a.sent = (doc->>'sent')::uuid
                         OR (platform IS NOT NULL AND a.organisation_id = platform
                             AND a.external_ref = doc->>'external_ref');
        RETURN;
    END IF;
    RETURN QUERY SELECT 'kept'::text, (doc->>'ref')::uuid, its_hour, 'received'::text,
                        doc->>'receipt', doc->>'digest';
END $$;

-- « said », « again » when this word was sent before, « unknown », or « slow », which who is in danger
-- never hears. A closed alert opens again.
CREATE OR REPLACE FUNCTION watch_add(
    name uuid, text_name uuid, its_key uuid, body bytea, in_danger boolean, its_hour timestamptz,
    an_hour integer, in_all integer
) RETURNS TABLE (answer text, departement text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one watch_lodgingalert%ROWTYPE;
BEGIN
    SELECT a.* INTO one FROM watch_lodgingalert a WHERE a.ref = name FOR UPDATE;
    IF NOT FOUND THEN
        RETURN QUERY SELECT 'unknown'::text, NULL::text;
        RETURN;
    END IF;
    IF EXISTS (SELECT 1 FROM watch_alertword w WHERE w.alert_id = one.id AND w.key = its_key) THEN
        RETURN QUERY SELECT 'again'::text, one.departement_id::text;
        RETURN;
    END IF;
    IF NOT in_danger AND (one.last >= in_all OR (
        SELECT count(*) FROM watch_alertword w
         WHERE w.alert_id = one.id AND w.side = 'writer' AND w.at > its_hour - interval '1 hour'
    ) >= an_hour) THEN
        RETURN QUERY SELECT 'slow'::text, NULL::text;
        RETURN;
    END IF;
    INSERT INTO watch_alertword (ref, alert_id, number, side, text, key, at)
         VALUES (text_name, one.id, one.last + 1, 'writer', body, its_key, its_hour);
    IF one.state = 'closed' THEN
        INSERT INTO watch_alertstep (ref, alert_id, number, kind, decision, result, note, before, at)
             VALUES (gen_random_uuid(), one.id, one.last_step + 1, 'reopened', '', '', '', '{}',
                     its_hour);
        UPDATE watch_lodgingalert a
           SET state = 'received', result = '', closed_at = NULL, holder_id = NULL, taken_at = NULL,
               last_step = a.last_step + 1
         WHERE a.id = one.id;
    END IF;
    UPDATE watch_lodgingalert a
       SET last = a.last + 1, word_waits = true, danger = a.danger OR in_danger
     WHERE a.id = one.id;
    RETURN QUERY SELECT 'said'::text, one.departement_id::text;
END $$;

-- What a receipt reads: where it stands, how many words were added, and what the desk tells.
CREATE OR REPLACE FUNCTION watch_receipt(name uuid) RETURNS TABLE (
    receipt text, state text, received_at timestamptz, closed_at timestamptz, added bigint,
    number integer, ref uuid, text bytea, at timestamptz
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.receipt::text, a.state::text, a.received_at, a.closed_at,
           (SELECT count(*) FROM watch_alertword m WHERE m.alert_id = a.id AND m.side = 'writer'),
           w.number, w.ref, w.text, w.at
      FROM watch_lodgingalert a
      LEFT JOIN watch_alertword w ON w.alert_id = a.id AND w.side = 'desk'
     WHERE a.ref = name ORDER BY w.number
$$;

-- The alert that a platform sent under its own reference.
CREATE OR REPLACE FUNCTION watch_of_platform(platform bigint, its_ref text) RETURNS uuid
LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.ref FROM watch_lodgingalert a
     WHERE a.organisation_id = platform AND a.external_ref = its_ref AND its_ref <> ''
$$;
