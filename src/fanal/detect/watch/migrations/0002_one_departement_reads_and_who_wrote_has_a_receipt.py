"""
The contact point of a département reads its alerts; who writes asks functions of the owner.

No function gives back a word of whoever wrote, nor anything that the desk writes for itself: a
receipt reads a state, dates and what the desk tells. What was seen and where is never changed, and
no step nor word either.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION watch_departements() RETURNS SETOF varchar LANGUAGE sql STABLE AS
$$ SELECT o.departement_id
     FROM agents_posting p JOIN agents_organisation o ON o.id = p.organisation_id
    WHERE p.agent_id = access_agent() AND p.role = 'contact_point'
      AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())
      AND o.kind = 'police' AND o.departement_id IS NOT NULL $$;

ALTER TABLE watch_lodgingalert ENABLE ROW LEVEL SECURITY;
ALTER TABLE watch_lodgingalert FORCE ROW LEVEL SECURITY;
CREATE POLICY alert_seen_by_its_departement ON watch_lodgingalert FOR SELECT
    USING (departement_id IN (SELECT watch_departements()));
CREATE POLICY alert_moved_by_its_departement ON watch_lodgingalert FOR UPDATE
    USING (departement_id IN (SELECT watch_departements()))
    WITH CHECK (departement_id IN (SELECT watch_departements()));
CREATE POLICY alert_kept_in_time ON watch_lodgingalert
    USING ((SELECT access_purpose()) = 'retention');

ALTER TABLE watch_alertword ENABLE ROW LEVEL SECURITY;
ALTER TABLE watch_alertword FORCE ROW LEVEL SECURITY;
CREATE POLICY alert_word_seen_with_its_alert ON watch_alertword FOR SELECT
    USING (alert_id IN (SELECT id FROM watch_lodgingalert));
CREATE POLICY alert_word_asked_by_the_desk ON watch_alertword FOR INSERT
    WITH CHECK (side = 'desk' AND alert_id IN (SELECT id FROM watch_lodgingalert));
CREATE POLICY alert_word_kept_in_time ON watch_alertword
    USING ((SELECT access_purpose()) = 'retention');

ALTER TABLE watch_alertstep ENABLE ROW LEVEL SECURITY;
ALTER TABLE watch_alertstep FORCE ROW LEVEL SECURITY;
CREATE POLICY alert_step_seen_with_its_alert ON watch_alertstep FOR SELECT
    USING (alert_id IN (SELECT id FROM watch_lodgingalert));
CREATE POLICY alert_step_of_who_makes_it ON watch_alertstep FOR INSERT
    WITH CHECK (by_id = access_agent() AND alert_id IN (SELECT id FROM watch_lodgingalert));
CREATE POLICY alert_step_kept_in_time ON watch_alertstep
    USING ((SELECT access_purpose()) = 'retention');

ALTER TABLE watch_alertcount ENABLE ROW LEVEL SECURITY;
ALTER TABLE watch_alertcount FORCE ROW LEVEL SECURITY;
CREATE POLICY alert_count_seen_by_its_departement ON watch_alertcount FOR SELECT
    USING (departement_id IN (SELECT watch_departements()));
CREATE POLICY alert_count_kept_in_time ON watch_alertcount
    USING ((SELECT access_purpose()) = 'retention');

-- What was told stays as it was told; sealed columns alone are written again, under a new key.
CREATE FUNCTION watch_told_as_it_was() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.receipt, NEW.source, NEW.organisation_id, NEW.external_ref, NEW.received_at,
        NEW.departement_id, NEW.commune_id, NEW.lodging, NEW.address, NEW.listing, NEW.moment,
        NEW.minor, NEW.there_now, NEW.signs, NEW.writer)
       IS DISTINCT FROM
       (OLD.receipt, OLD.source, OLD.organisation_id, OLD.external_ref, OLD.received_at,
        OLD.departement_id, OLD.commune_id, OLD.lodging, OLD.address, OLD.listing, OLD.moment,
        OLD.minor, OLD.there_now, OLD.signs, OLD.writer) THEN
        RAISE EXCEPTION 'what was told of a lodging is not changed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER alert_told_as_it_was BEFORE UPDATE ON watch_lodgingalert
    FOR EACH ROW EXECUTE FUNCTION watch_told_as_it_was();

CREATE INDEX alert_searched ON watch_lodgingalert USING gin (to_tsvector('simple', searched));

-- Alerts of the asking agent's own départements in which every word stands. A policy would keep
-- the index out of it: no search of words is leakproof.
CREATE FUNCTION watch_found(wanted text) RETURNS SETOF bigint LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.id FROM watch_lodgingalert a
     WHERE to_tsvector('simple', a.searched) @@ to_tsquery('simple', wanted)
       AND a.departement_id IN (SELECT watch_departements())
     ORDER BY a.received_at DESC LIMIT 500
$$;

-- « kept » with its reference, « known » when it was sent before, « slow »: wait a minute. Those in
-- danger are counted apart.
CREATE FUNCTION watch_keep(
    doc jsonb, its_words bytea, its_contact bytea, its_hour timestamptz, most integer
) RETURNS TABLE (answer text, ref uuid, received_at timestamptz, state text, receipt text, digest text)
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
CREATE FUNCTION watch_add(
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
CREATE FUNCTION watch_receipt(name uuid) RETURNS TABLE (
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
CREATE FUNCTION watch_of_platform(platform bigint, its_ref text) RETURNS uuid LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.ref FROM watch_lodgingalert a
     WHERE a.organisation_id = platform AND a.external_ref = its_ref AND its_ref <> ''
$$;
"""

UNGUARD = """
DROP FUNCTION watch_of_platform(bigint, text);
DROP FUNCTION watch_receipt(uuid);
DROP FUNCTION watch_add(uuid, uuid, uuid, bytea, boolean, timestamptz, integer, integer);
DROP FUNCTION watch_keep(jsonb, bytea, bytea, timestamptz, integer);
DROP FUNCTION watch_found(text);
DROP INDEX alert_searched;
DROP TRIGGER alert_told_as_it_was ON watch_lodgingalert;
DROP FUNCTION watch_told_as_it_was();
DROP POLICY alert_count_kept_in_time ON watch_alertcount;
DROP POLICY alert_count_seen_by_its_departement ON watch_alertcount;
DROP POLICY alert_step_kept_in_time ON watch_alertstep;
DROP POLICY alert_step_of_who_makes_it ON watch_alertstep;
DROP POLICY alert_step_seen_with_its_alert ON watch_alertstep;
DROP POLICY alert_word_kept_in_time ON watch_alertword;
DROP POLICY alert_word_asked_by_the_desk ON watch_alertword;
DROP POLICY alert_word_seen_with_its_alert ON watch_alertword;
DROP POLICY alert_kept_in_time ON watch_lodgingalert;
DROP POLICY alert_moved_by_its_departement ON watch_lodgingalert;
DROP POLICY alert_seen_by_its_departement ON watch_lodgingalert;
ALTER TABLE watch_alertcount NO FORCE ROW LEVEL SECURITY;
ALTER TABLE watch_alertcount DISABLE ROW LEVEL SECURITY;
ALTER TABLE watch_alertstep NO FORCE ROW LEVEL SECURITY;
ALTER TABLE watch_alertstep DISABLE ROW LEVEL SECURITY;
ALTER TABLE watch_alertword NO FORCE ROW LEVEL SECURITY;
ALTER TABLE watch_alertword DISABLE ROW LEVEL SECURITY;
ALTER TABLE watch_lodgingalert NO FORCE ROW LEVEL SECURITY;
ALTER TABLE watch_lodgingalert DISABLE ROW LEVEL SECURITY;
DROP FUNCTION watch_departements();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("watch", "0001_alerts_their_words_and_steps"),
        ("access", "0005_shares_speak_of_the_registry_s_classes"),
        ("agents", "0007_a_departement_and_who_reads_its_alerts"),
    ]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
