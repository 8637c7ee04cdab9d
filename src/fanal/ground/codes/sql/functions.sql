-- Nobody lists codes nor tries: the application asks these functions of the owner, one code at a time.

-- When the code of a thing was last given under duress.
CREATE OR REPLACE FUNCTION codes_forced(wanted text, thing uuid) RETURNS timestamptz
LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT greatest(t.forced_at, c.forced_before)
      FROM codes_returncode c LEFT JOIN codes_tagtry t ON t.tag = c.tag
     WHERE c.kind = wanted AND c.opens = thing
$$;

CREATE OR REPLACE FUNCTION codes_close(wanted text, thing uuid) RETURNS void LANGUAGE sql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH gone AS (
        DELETE FROM codes_returncode WHERE kind = wanted AND opens = thing RETURNING tag
    )
    DELETE FROM codes_tagtry WHERE tag IN (SELECT tag FROM gone)
$$;

-- False: a living code has these first two words already. The former code of the thing goes.
CREATE OR REPLACE FUNCTION codes_keep(
    new_ref uuid, new_tag text, new_secret bytea, new_duress bytea, new_kind text, thing uuid,
    moment timestamptz, until timestamptz
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    forced timestamptz;
BEGIN
    DELETE FROM codes_returncode WHERE tag = new_tag AND expires_at <= moment;
    IF EXISTS (SELECT 1 FROM codes_returncode WHERE tag = new_tag) THEN
        RETURN false;
    END IF;
    forced := codes_forced(new_kind, thing);
    PERFORM codes_close(new_kind, thing);
    INSERT INTO codes_returncode (ref, tag, secret, duress, kind, opens, issued_at, expires_at,
                                  forced_before)
         VALUES (new_ref, new_tag, new_secret, new_duress, new_kind, thing, moment, until, forced);
    DELETE FROM codes_tagtry WHERE tag = new_tag;
    RETURN true;
END $$;

-- All wrong tries together: sixty at once, then one a second. It knows nothing of the code, and is
-- asked before the slow digest is made; who comes at the same instant is counted below.
CREATE OR REPLACE FUNCTION codes_admit(moment timestamptz) RETURNS boolean LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(
        (SELECT greatest(0, t.level - greatest(0, extract(epoch FROM moment - t.at))) + 1 <= 60
           FROM codes_tagtry t WHERE t.tag = ''), true)
$$;

-- Of one tag: five wrong tries at once, then one an hour, twenty without a right one. The same
-- statements in the same order whatever was typed: never given, wrong, forced, over, too often.
CREATE OR REPLACE FUNCTION codes_open(wanted text, derived bytea, moment timestamptz)
RETURNS TABLE (answer text, kind text, opens uuid, forced timestamptz) LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    code codes_returncode%ROWTYPE;
    whole codes_tagtry%ROWTYPE;
    kept codes_tagtry%ROWTYPE;
    is_right boolean;
    is_forced boolean;
    may boolean;
BEGIN
    INSERT INTO codes_tagtry (tag, level, at, wrong) VALUES ('', 0, moment, 0), (wanted, 0, moment, 0)
    ON CONFLICT (tag) DO NOTHING;
    SELECT t.* INTO whole FROM codes_tagtry t WHERE t.tag = '' FOR UPDATE;
    -- A clock that was set back empties nothing, and fills nothing.
    whole.level := greatest(0, whole.level - greatest(0, extract(epoch FROM moment - whole.at)));
    whole.at := greatest(whole.at, moment);
    IF whole.level + 1 > 60 THEN
        RETURN QUERY SELECT 'busy'::text, NULL::text, NULL::uuid, NULL::timestamptz;
        RETURN;
    END IF;
    SELECT t.* INTO kept FROM codes_tagtry t WHERE t.tag = wanted FOR UPDATE;
    SELECT c.* INTO code FROM codes_returncode c WHERE c.tag = wanted AND c.expires_at > moment;
    is_right := coalesce(code.secret = derived, false);
    is_forced := coalesce(code.duress = derived, false);
    kept.level := greatest(
        0, kept.level - greatest(0, extract(epoch FROM moment - kept.at)) / 3600);
    kept.at := greatest(kept.at, moment);
    may := kept.level + 1 <= 5 AND kept.wrong < 20;
    UPDATE codes_tagtry t
       SET level = whole.level + CASE WHEN may AND is_right THEN 0 ELSE 1 END, at = whole.at
     WHERE t.tag = '';
    UPDATE codes_tagtry t
       SET level = kept.level + CASE WHEN may AND NOT is_right THEN 1 ELSE 0 END,
           at = kept.at,
           wrong = CASE WHEN may AND is_right THEN 0 WHEN may THEN kept.wrong + 1
                        ELSE kept.wrong END,
           forced_at = CASE WHEN may AND is_forced THEN moment ELSE kept.forced_at END
     WHERE t.tag = wanted;
    IF may AND is_right THEN
        RETURN QUERY SELECT 'open'::text, code.kind::text, code.opens,
                            greatest(kept.forced_at, code.forced_before);
    ELSE
        RETURN QUERY SELECT 'unknown'::text, NULL::text, NULL::uuid, NULL::timestamptz;
    END IF;
END $$;

-- Tries of a tag that no code has are kept two days, in which its bucket empties.
CREATE OR REPLACE FUNCTION codes_sweep(moment timestamptz) RETURNS integer LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    swept integer;
BEGIN
    DELETE FROM codes_returncode WHERE expires_at <= moment;
    GET DIAGNOSTICS swept = ROW_COUNT;
    DELETE FROM codes_tagtry t
     WHERE t.at < moment - interval '2 days'
       AND NOT EXISTS (SELECT 1 FROM codes_returncode c WHERE c.tag = t.tag);
    RETURN swept;
END $$;
