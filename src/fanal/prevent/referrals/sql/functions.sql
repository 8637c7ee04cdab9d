-- Who books speaks through these functions of the owner.
--
-- Everything that takes a seat locks the place first: two people never meet in the last one, and an
-- index refuses it besides.

CREATE OR REPLACE FUNCTION referrals_organisations() RETURNS SETOF bigint LANGUAGE sql STABLE AS
$$ SELECT p.organisation_id
     FROM agents_posting p JOIN agents_organisation o ON o.id = p.organisation_id
    WHERE p.agent_id = access_agent() AND p.role = 'reception'
      AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())
      AND o.kind IN ('association', 'health', 'other') $$;

CREATE OR REPLACE FUNCTION referrals_reads_reach() RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT EXISTS (
     SELECT 1 FROM agents_posting p JOIN agents_organisation o ON o.id = p.organisation_id
      WHERE p.agent_id = access_agent()
        AND (p.role = 'coordinator' AND o.kind = 'helpline'
             OR p.role = 'directory' AND o.kind = 'association')
        AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())) $$;

CREATE OR REPLACE FUNCTION referrals_refers() RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT EXISTS (
     SELECT 1 FROM agents_posting p
      WHERE p.agent_id = access_agent()
        AND p.role IN ('author', 'crip', 'evaluator', 'referent', 'supervisor', 'listener',
                       'coordinator')
        AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())) $$;

CREATE OR REPLACE FUNCTION referrals_places() RETURNS SETOF bigint LANGUAGE sql STABLE AS
$$ SELECT p.id FROM referrals_participation p
    WHERE p.organisation_id IN (SELECT referrals_organisations()) $$;

-- What a place offers from a day to another: public places, that receive, on days that are open.
CREATE OR REPLACE FUNCTION referrals_offered(place uuid, first date, last date) RETURNS TABLE (
    opening uuid, day date, starts time, ends time, walk_in boolean, seats integer, taken integer
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT o.ref, d.day, o.starts, o.ends, o.walk_in, o.seats::integer,
           (SELECT count(*)::integer FROM referrals_booking b
             WHERE b.opening_id = o.id AND b.day = d.day AND b.state <> 'cancelled')
      FROM spaces_public s
      JOIN referrals_participation p ON p.service_id = s.id
      JOIN referrals_opening o ON o.participation_id = p.id
     CROSS JOIN LATERAL (SELECT g::date AS day FROM generate_series(first, last, interval '1 day') g) d
     WHERE s.ref = place AND s.status = 'active' AND NOT p.paused
       AND p.since <= d.day AND (p.until IS NULL OR p.until >= d.day)
       AND o.since <= d.day AND (o.until IS NULL OR o.until >= d.day)
       AND (o.day = d.day OR o.weekday = extract(isodow FROM d.day)::integer - 1)
       AND NOT EXISTS (SELECT 1 FROM referrals_closedday c
                        WHERE c.participation_id = p.id AND c.day = d.day)
     ORDER BY d.day, o.starts, o.ends, o.id
$$;

-- A place that receives, as anybody may read it.
CREATE OR REPLACE FUNCTION referrals_place(place uuid) RETURNS TABLE (welcome text)
LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.welcome::text FROM spaces_public s JOIN referrals_participation p ON p.service_id = s.id
     WHERE s.ref = place AND s.status = 'active' AND NOT p.paused AND p.since <= access_today()
       AND (p.until IS NULL OR p.until >= access_today())
$$;

-- Those that receive in a département, for whoever refers somebody.
CREATE OR REPLACE FUNCTION referrals_receiving() RETURNS SETOF uuid LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.ref FROM spaces_public s JOIN referrals_participation p ON p.service_id = s.id
     WHERE s.status = 'active' AND NOT p.paused AND p.since <= access_today()
       AND (p.until IS NULL OR p.until >= access_today())
$$;

-- The least free seat of a slot; NULL: none is free. The place is locked by who calls.
CREATE OR REPLACE FUNCTION referrals_seat(place uuid, wanted uuid, its_day date) RETURNS integer
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT min(n) FROM referrals_opening o CROSS JOIN LATERAL generate_series(1, o.seats) n
     WHERE o.ref = wanted AND NOT EXISTS (
        SELECT 1 FROM referrals_booking b
         WHERE b.opening_id = o.id AND b.day = its_day AND b.state <> 'cancelled' AND b.seat = n)
$$;

-- « kept » with its reference and its number; « known »: this form was sent before; « gone »: no such
-- slot any more; « full »; « slow »: too many at once.
CREATE OR REPLACE FUNCTION referrals_book(
    its_sent uuid, its_ref uuid, place uuid, wanted uuid, its_day date, its_audience text,
    its_need text, its_note bytea, is_referred boolean, moment timestamptz, most integer,
    most_of_place integer, most_of_week integer
) RETURNS TABLE (answer text, ref uuid, number integer, booked_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    receiving bigint;
    slot bigint;
    chair integer;
    said integer;
    said_no text;
BEGIN
    IF is_referred AND NOT referrals_refers() THEN
        RAISE EXCEPTION 'not of those who refer' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT is_referred AND (wanted IS NULL OR its_note <> '') THEN
        RAISE EXCEPTION 'a slot, and no text' USING ERRCODE = 'check_violation';
    END IF;
    SELECT p.id INTO receiving
      FROM spaces_public s JOIN referrals_participation p ON p.service_id = s.id
     WHERE s.ref = place AND s.status = 'active' AND NOT p.paused AND p.since <= its_day
       AND (p.until IS NULL OR p.until >= its_day);
    -- One at a time at a place: what follows sees all that those before have taken.
    PERFORM 1 FROM referrals_participation p WHERE p.id = receiving FOR NO KEY UPDATE;
    IF EXISTS (SELECT 1 FROM referrals_booking b WHERE b.sent = its_sent) THEN
        RETURN QUERY SELECT 'known'::text, b.ref, b.number::integer, b.booked_at
                       FROM referrals_booking b WHERE b.sent = its_sent;
        RETURN;
    END IF;
    IF receiving IS NULL THEN
        said_no := 'gone';
    ELSIF wanted IS NULL THEN
        IF (SELECT count(*) FROM referrals_booking b
             WHERE b.participation_id = receiving AND b.opening_id IS NULL
               AND b.state = 'expected' AND b.day >= moment::date) >= most_of_week THEN
            said_no := 'full';
        END IF;
    ELSIF NOT EXISTS (SELECT 1 FROM referrals_offered(place, its_day, its_day) f
                       WHERE f.opening = wanted AND NOT f.walk_in) THEN
        said_no := 'gone';
    ELSE
        chair := referrals_seat(place, wanted, its_day);
        IF chair IS NULL THEN
            said_no := 'full';
        END IF;
    END IF;
    IF said_no IS NULL AND NOT is_referred AND (
        (SELECT count(*) FROM referrals_booking b
          WHERE b.booked_at > moment - interval '1 minute' AND b.booked_at <= moment
            AND b.referred_by_id IS NULL) >= most
        OR (SELECT count(*) FROM referrals_booking b
             WHERE b.participation_id = receiving AND b.booked_at > moment - interval '1 hour'
               AND b.booked_at <= moment AND b.referred_by_id IS NULL) >= most_of_place) THEN
        said_no := 'slow';
    END IF;
    IF said_no IS NOT NULL THEN
        RETURN QUERY SELECT said_no, NULL::uuid, NULL::integer, NULL::timestamptz;
        RETURN;
    END IF;
    -- Three figures as long as there are any; drawn, so that it tells no order.
    SELECT n INTO said FROM generate_series(100, 9999) n
     WHERE NOT EXISTS (SELECT 1 FROM referrals_booking b
                        WHERE b.participation_id = receiving AND b.number = n)
     ORDER BY n > 999, random() LIMIT 1;
    SELECT o.id INTO slot FROM referrals_opening o WHERE o.ref = wanted;
    INSERT INTO referrals_booking (ref, sent, participation_id, opening_id, day, seat, number,
                                   audience, need, state, reason, note, referred_by_id, booked_at,
                                   reminded)
    VALUES (its_ref, its_sent, receiving, slot, its_day, chair, said, its_audience, its_need,
            'expected', '', its_note, CASE WHEN is_referred THEN access_agent() END, moment, 0);
    RETURN QUERY SELECT 'kept'::text, its_ref, said, moment;
END $$;

-- What a code leads to: when, where, and what the place said; never what was written.
CREATE OR REPLACE FUNCTION referrals_shown(its_ref uuid) RETURNS TABLE (
    state text, day date, starts time, ends time, number integer, place uuid, welcome text,
    reason text, elsewhere uuid, booked_at timestamptz, is_off boolean
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT b.state::text, b.day, o.starts, o.ends, b.number::integer, s.ref, p.welcome::text,
           b.reason::text, b.elsewhere, b.booked_at,
           p.until < b.day OR o.until < b.day OR EXISTS (
               SELECT 1 FROM referrals_closedday c
                WHERE c.participation_id = p.id AND c.day = b.day AND b.opening_id IS NOT NULL)
      FROM referrals_booking b
      JOIN referrals_participation p ON p.id = b.participation_id
      JOIN spaces_service s ON s.id = p.service_id
      LEFT JOIN referrals_opening o ON o.id = b.opening_id
     WHERE b.ref = its_ref
$$;

CREATE OR REPLACE FUNCTION referrals_cancel(its_ref uuid) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE referrals_booking b SET state = 'cancelled' WHERE b.ref = its_ref AND b.state = 'expected';
    RETURN FOUND;
END $$;

-- « moved », « gone », « full », or « settled »: nothing is expected any more.
CREATE OR REPLACE FUNCTION referrals_move(its_ref uuid, wanted uuid, its_day date) RETURNS text
LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    place uuid;
    chair integer;
BEGIN
    SELECT s.ref INTO place
      FROM referrals_booking b JOIN referrals_participation p ON p.id = b.participation_id
      JOIN spaces_service s ON s.id = p.service_id
     WHERE b.ref = its_ref;
    PERFORM 1 FROM referrals_participation p JOIN referrals_booking b ON b.participation_id = p.id
     WHERE b.ref = its_ref FOR NO KEY UPDATE OF p;
    IF NOT EXISTS (SELECT 1 FROM referrals_booking b WHERE b.ref = its_ref AND b.state = 'expected') THEN
        RETURN 'settled';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM referrals_offered(place, its_day, its_day) f
                    WHERE f.opening = wanted AND NOT f.walk_in) THEN
        RETURN 'gone';
    END IF;
    chair := referrals_seat(place, wanted, its_day);
    IF chair IS NULL THEN
        RETURN 'full';
    END IF;
    UPDATE referrals_booking b
       SET opening_id = (SELECT o.id FROM referrals_opening o WHERE o.ref = wanted), day = its_day,
           seat = chair, reminded = 0
     WHERE b.ref = its_ref;
    RETURN 'moved';
END $$;

-- All that whoever referred somebody learns. Cancelled by the person is theirs to say.
CREATE OR REPLACE FUNCTION referrals_followed() RETURNS TABLE (
    place uuid, name text, day date, has_slot boolean, referred_at timestamptz, said text,
    elsewhere uuid
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.ref, s.name::text, b.day, b.opening_id IS NOT NULL, b.booked_at,
           CASE WHEN b.state IN ('seen', 'absent', 'impossible') THEN b.state::text
                WHEN b.day >= access_today() THEN 'expected'
                WHEN b.state = 'cancelled' THEN 'absent'
                ELSE 'unsaid' END,
           b.elsewhere
      FROM referrals_booking b JOIN referrals_participation p ON p.id = b.participation_id
      JOIN spaces_service s ON s.id = p.service_id
     WHERE b.referred_by_id = access_agent()
     ORDER BY b.booked_at DESC, b.id DESC
$$;

CREATE OR REPLACE FUNCTION referrals_steers_all() RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT EXISTS (
     SELECT 1 FROM agents_posting p JOIN agents_organisation o ON o.id = p.organisation_id
      WHERE p.agent_id = access_agent() AND p.role = 'steering' AND o.kind = 'national'
        AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())) $$;

CREATE OR REPLACE FUNCTION referrals_steered() RETURNS SETOF text LANGUAGE sql STABLE AS
$$ SELECT o.departement_id::text
     FROM agents_posting p JOIN agents_organisation o ON o.id = p.organisation_id
    WHERE p.agent_id = access_agent() AND p.role = 'steering' AND o.kind = 'prefecture'
      AND o.departement_id IS NOT NULL
      AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today()) $$;
