-- Who keeps the directory, who is a professional, and the link by which a structure speaks.
--
-- A link reads one entry and writes what its structure said. It renews the day of a word that was
-- already shown and is said to be right; it can show no new word, and hide none. A doubt adds a row
-- that a person reads: it is capped, and changes nothing of the place.

CREATE OR REPLACE FUNCTION spaces_keeps() RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT EXISTS (
     SELECT 1 FROM agents_posting p JOIN agents_organisation o ON o.id = p.organisation_id
      WHERE p.agent_id = access_agent() AND p.role = 'directory' AND o.kind = 'association'
        AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())) $$;

-- Whether it was kept: not when it was said before, nor once enough of one source wait.
CREATE OR REPLACE FUNCTION spaces_doubt(place uuid, its_source text, its_key text, today date, most integer)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    doubted bigint;
BEGIN
    SELECT s.id INTO doubted FROM spaces_service s WHERE s.ref = place FOR NO KEY UPDATE;
    IF doubted IS NULL OR most <= (
        SELECT count(*) FROM spaces_doubt d
         WHERE d.service_id = doubted AND d.source = its_source AND d.settled_at IS NULL) THEN
        RETURN false;
    END IF;
    INSERT INTO spaces_doubt (service_id, source, key, raised_on)
    VALUES (doubted, its_source, its_key, today) ON CONFLICT (key) DO NOTHING;
    RETURN FOUND;
END $$;

-- The entry that a link opens; no row for one that is over, used, revoked or unknown.
CREATE OR REPLACE FUNCTION spaces_asked(link uuid, moment timestamptz) RETURNS TABLE (
    place uuid, said jsonb, expires_at timestamptz
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.ref, jsonb_build_object('name', s.name, 'phone', s.phone, 'website', s.website,
               'address', s.address, 'hours', s.hours, 'description', s.description,
               'audiences', s.audiences), r.expires_at
      FROM spaces_confirmationrequest r JOIN spaces_service s ON s.id = r.service_id
     WHERE r.ref = link AND r.used_at IS NULL AND r.revoked_at IS NULL AND r.expires_at > moment
$$;

-- What a structure said, once. ``rights`` holds each word as it was read: a day is renewed when
-- the word is still that one and is shown already; all the rest waits for a person. The place,
-- or nothing when the link is over.
CREATE OR REPLACE FUNCTION spaces_answered(
    link uuid, moment timestamptz, today date, rights jsonb, corrected jsonb, closed boolean
) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    asked bigint;
    its spaces_service;
    entry jsonb;
    renewed jsonb := '{}';
BEGIN
    UPDATE spaces_confirmationrequest r SET used_at = moment
     WHERE r.ref = link AND r.used_at IS NULL AND r.revoked_at IS NULL AND r.expires_at > moment
    RETURNING r.id INTO asked;
    IF asked IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT s.* INTO its FROM spaces_service s JOIN spaces_confirmationrequest r
        ON r.service_id = s.id WHERE r.id = asked FOR NO KEY UPDATE OF s;
    entry := to_jsonb(its);

    SELECT coalesce(jsonb_object_agg(one.key, today), '{}') INTO renewed
      FROM jsonb_each(rights) one
     WHERE its.verified ? one.key AND entry -> one.key = one.value;
    UPDATE spaces_amendment a
       SET state = 'replaced', settled_at = moment
     WHERE a.service_id = its.id AND a.state = 'waiting'
       AND (rights ? a.field OR corrected ? a.field OR (closed AND a.kind = 'closed'));
    INSERT INTO spaces_amendment (ref, service_id, request_id, kind, field, value, made_at, state,
                                  settled_at)
    SELECT gen_random_uuid(), its.id, asked, 'right', one.key, one.value, moment,
           CASE WHEN renewed ? one.key THEN 'accepted' ELSE 'waiting' END,
           CASE WHEN renewed ? one.key THEN moment END
      FROM jsonb_each(rights) one;
    INSERT INTO spaces_amendment (ref, service_id, request_id, kind, field, value, made_at, state)
    SELECT gen_random_uuid(), its.id, asked, 'corrected', one.key, one.value, moment, 'waiting'
      FROM jsonb_each(corrected) one;
    IF closed THEN
        INSERT INTO spaces_amendment (ref, service_id, request_id, kind, field, made_at, state)
        VALUES (gen_random_uuid(), its.id, asked, 'closed', '', moment, 'waiting');
    END IF;

    IF renewed <> '{}' THEN
        -- A place whose structure says that something is wrong is not made fresher.
        UPDATE spaces_service s
           SET verified = s.verified || renewed,
               verified_on = CASE WHEN closed OR corrected <> '{}' THEN s.verified_on
                                  ELSE today END,
               updated_at = moment
         WHERE s.id = its.id;
    END IF;
    RETURN its.ref;
END $$;

CREATE OR REPLACE FUNCTION spaces_is_professional() RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT EXISTS (
     SELECT 1 FROM agents_posting p
      WHERE p.agent_id = access_agent()
        AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())) $$;

-- As the crow flies, in kilometres, between two points in degrees (haversine). Rounding may pass
-- 1 on the other side of the Earth.
CREATE OR REPLACE FUNCTION spaces_kilometres(
    lat float8, lon float8, other_lat float8, other_lon float8
) RETURNS float8 LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT 12742.0 * asin(sqrt(least(1.0,
        power(sin(radians(other_lat - lat) / 2), 2)
        + cos(radians(lat)) * cos(radians(other_lat)) * power(sin(radians(other_lon - lon) / 2), 2)
    )))
$$;
