"""
Who asks speaks through functions of the owner; who moderates sees their organisation's; everybody
sees what two people have read.

No function gives back a word of whoever asked. What is published cannot change in place, and only
who reads it again may make it public.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION exchange_organisations() RETURNS SETOF bigint LANGUAGE sql STABLE AS
$$ SELECT p.organisation_id
     FROM agents_posting p JOIN agents_organisation o ON o.id = p.organisation_id
    WHERE p.agent_id = access_agent() AND p.role IN ('listener', 'coordinator')
      AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())
      AND o.kind = 'helpline' $$;

ALTER TABLE exchange_question ENABLE ROW LEVEL SECURITY;
ALTER TABLE exchange_question FORCE ROW LEVEL SECURITY;
CREATE POLICY question_seen_by_who_moderates ON exchange_question FOR SELECT
    USING (organisation_id IN (SELECT exchange_organisations()));
CREATE POLICY question_settled_by_who_moderates ON exchange_question FOR UPDATE
    USING (organisation_id IN (SELECT exchange_organisations()));
CREATE POLICY question_kept_in_time ON exchange_question
    USING ((SELECT access_purpose()) = 'retention');
-- Whoever must hear of a danger reads the questions in which one was read, and no other.
CREATE POLICY question_heard_in_danger ON exchange_question FOR SELECT
    USING ((SELECT access_purpose()) = 'disclosure' AND state = 'danger');

ALTER TABLE exchange_publicanswer ENABLE ROW LEVEL SECURITY;
ALTER TABLE exchange_publicanswer FORCE ROW LEVEL SECURITY;
CREATE POLICY entry_seen_by_everybody_once_read ON exchange_publicanswer FOR SELECT
    USING (state = 'published');
CREATE POLICY entry_seen_by_who_moderates ON exchange_publicanswer FOR SELECT
    USING (organisation_id IN (SELECT exchange_organisations()));
CREATE POLICY entry_written_by_who_moderates ON exchange_publicanswer FOR INSERT
    WITH CHECK (state = 'draft' AND written_by_id = access_agent()
                AND organisation_id IN (SELECT exchange_organisations()));
CREATE POLICY entry_moved_by_who_moderates ON exchange_publicanswer FOR UPDATE
    USING (organisation_id IN (SELECT exchange_organisations()))
    WITH CHECK (organisation_id IN (SELECT exchange_organisations())
                AND (state <> 'published' OR reviewed_by_id = access_agent()));

CREATE FUNCTION exchange_read_as_it_is() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'published' AND (NEW.title, NEW.question, NEW.answer, NEW.words)
        IS DISTINCT FROM (OLD.title, OLD.question, OLD.answer, OLD.words) THEN
        RAISE EXCEPTION 'what is published is what was read';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER entry_read_as_it_is BEFORE UPDATE ON exchange_publicanswer
    FOR EACH ROW EXECUTE FUNCTION exchange_read_as_it_is();

-- « kept » with its reference, « known » when this form was sent before, « slow »: wait a minute.
CREATE FUNCTION exchange_keep(
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
CREATE FUNCTION exchange_answer(name uuid) RETURNS TABLE (
    state text, answer bytea, answered_at timestamptz
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT q.state::text, q.answer, q.answered_at FROM exchange_question q WHERE q.ref = name
$$;
"""

UNGUARD = """
DROP FUNCTION exchange_answer(uuid);
DROP FUNCTION exchange_keep(uuid, uuid, bigint, text, text, integer, jsonb, bytea, timestamptz, integer);
DROP TRIGGER entry_read_as_it_is ON exchange_publicanswer;
DROP FUNCTION exchange_read_as_it_is();
DROP POLICY entry_moved_by_who_moderates ON exchange_publicanswer;
DROP POLICY entry_written_by_who_moderates ON exchange_publicanswer;
DROP POLICY entry_seen_by_who_moderates ON exchange_publicanswer;
DROP POLICY entry_seen_by_everybody_once_read ON exchange_publicanswer;
ALTER TABLE exchange_publicanswer NO FORCE ROW LEVEL SECURITY;
ALTER TABLE exchange_publicanswer DISABLE ROW LEVEL SECURITY;
DROP POLICY question_heard_in_danger ON exchange_question;
DROP POLICY question_kept_in_time ON exchange_question;
DROP POLICY question_settled_by_who_moderates ON exchange_question;
DROP POLICY question_seen_by_who_moderates ON exchange_question;
ALTER TABLE exchange_question NO FORCE ROW LEVEL SECURITY;
ALTER TABLE exchange_question DISABLE ROW LEVEL SECURITY;
DROP FUNCTION exchange_organisations();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0001_questions_and_what_is_published"),
        ("access", "0002_row_security"),
    ]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
