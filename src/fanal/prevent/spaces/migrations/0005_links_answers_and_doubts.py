"""
Who keeps the directory sees what structures say and what makes one doubt; the public speaks
through functions of the owner.

A link reads one entry and writes what its structure said. It renews the day of a word that was
already shown and is said to be right; it can show no new word, and hide none. A doubt adds a row
that a person reads: it is capped, and changes nothing of the place.
"""

from django.db import migrations

WALL = """
ALTER TABLE spaces_mailbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE spaces_mailbox FORCE ROW LEVEL SECURITY;
CREATE POLICY mailbox_held_by_its_keepers ON spaces_mailbox
    USING ((SELECT spaces_keeps()) OR (SELECT access_purpose()) = 'directory');

ALTER TABLE spaces_confirmationrequest ENABLE ROW LEVEL SECURITY;
ALTER TABLE spaces_confirmationrequest FORCE ROW LEVEL SECURITY;
CREATE POLICY request_held_by_its_keepers ON spaces_confirmationrequest
    USING ((SELECT spaces_keeps()) OR (SELECT access_purpose()) = 'directory');

ALTER TABLE spaces_amendment ENABLE ROW LEVEL SECURITY;
ALTER TABLE spaces_amendment FORCE ROW LEVEL SECURITY;
CREATE POLICY amendment_read_by_its_keepers ON spaces_amendment FOR SELECT
    USING ((SELECT spaces_keeps()));
CREATE POLICY amendment_settled_by_its_keepers ON spaces_amendment FOR UPDATE
    USING ((SELECT spaces_keeps()));

ALTER TABLE spaces_doubt ENABLE ROW LEVEL SECURITY;
ALTER TABLE spaces_doubt FORCE ROW LEVEL SECURITY;
CREATE POLICY doubt_read_by_its_keepers ON spaces_doubt FOR SELECT
    USING ((SELECT spaces_keeps()));
CREATE POLICY doubt_settled_by_its_keepers ON spaces_doubt FOR UPDATE
    USING ((SELECT spaces_keeps()));

-- Whether it was kept: not when it was said before, nor once enough of one source wait.
CREATE FUNCTION spaces_doubt(place uuid, its_source text, its_key text, today date, most integer)
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
CREATE FUNCTION spaces_asked(link uuid, moment timestamptz) RETURNS TABLE (
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
CREATE FUNCTION spaces_answered(
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
"""

OPEN = """
DROP FUNCTION spaces_answered(uuid, timestamptz, date, jsonb, jsonb, boolean);
DROP FUNCTION spaces_asked(uuid, timestamptz);
DROP FUNCTION spaces_doubt(uuid, text, text, date, integer);
DROP POLICY doubt_settled_by_its_keepers ON spaces_doubt;
DROP POLICY doubt_read_by_its_keepers ON spaces_doubt;
ALTER TABLE spaces_doubt NO FORCE ROW LEVEL SECURITY;
ALTER TABLE spaces_doubt DISABLE ROW LEVEL SECURITY;
DROP POLICY amendment_settled_by_its_keepers ON spaces_amendment;
DROP POLICY amendment_read_by_its_keepers ON spaces_amendment;
ALTER TABLE spaces_amendment NO FORCE ROW LEVEL SECURITY;
ALTER TABLE spaces_amendment DISABLE ROW LEVEL SECURITY;
DROP POLICY request_held_by_its_keepers ON spaces_confirmationrequest;
ALTER TABLE spaces_confirmationrequest NO FORCE ROW LEVEL SECURITY;
ALTER TABLE spaces_confirmationrequest DISABLE ROW LEVEL SECURITY;
DROP POLICY mailbox_held_by_its_keepers ON spaces_mailbox;
ALTER TABLE spaces_mailbox NO FORCE ROW LEVEL SECURITY;
ALTER TABLE spaces_mailbox DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("spaces", "0004_what_makes_an_entry_sure"),
    ]

    operations = [migrations.RunSQL(WALL, OPEN)]
