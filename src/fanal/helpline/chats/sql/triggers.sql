-- What is asked of a conversation that is led no more is asked no more; texts never change; a danger rings.

CREATE OR REPLACE FUNCTION chats_one_listener() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM chats_transfer t
         WHERE t.conversation_id = new.id AND t.state = 'accepted'
           AND t.asked_by_id = old.listener_id AND t.answered_by_id = new.listener_id
           AND t.asked_at >= old.taken_at) THEN
        RAISE EXCEPTION 'a conversation has one listener' USING ERRCODE = 'check_violation';
    END IF;
    RETURN new;
END $$;
CREATE OR REPLACE TRIGGER conversation_has_one_listener BEFORE UPDATE ON chats_conversation FOR EACH ROW
    WHEN (old.state = 'active' AND new.state = 'active'
          AND old.listener_id IS DISTINCT FROM new.listener_id)
    EXECUTE FUNCTION chats_one_listener();

CREATE OR REPLACE FUNCTION chats_led_no_more() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE chats_transfer t SET state = 'withdrawn', answered_at = clock_timestamp()
     WHERE t.conversation_id = new.id AND t.state = 'asked';
    UPDATE chats_reading r SET until = clock_timestamp()
     WHERE r.conversation_id = new.id AND r.until IS NULL;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER conversation_is_led_no_more AFTER UPDATE ON chats_conversation FOR EACH ROW
    WHEN (old.state = 'active' AND new.state <> 'active')
    EXECUTE FUNCTION chats_led_no_more();

CREATE OR REPLACE FUNCTION chats_phrase_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a text that was written does not change' USING ERRCODE = 'check_violation';
END $$;
CREATE OR REPLACE TRIGGER phrase_does_not_change BEFORE UPDATE ON chats_phrase FOR EACH ROW
    WHEN (old.text <> new.text OR old.title <> new.title OR old.version <> new.version
          OR old.root <> new.root OR old.written_by_id <> new.written_by_id)
    EXECUTE FUNCTION chats_phrase_stays();

CREATE OR REPLACE FUNCTION chats_ring() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_notify('chats_alarm', NEW.organisation_id::text);
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER conversation_in_danger_rings AFTER INSERT ON chats_conversation
    FOR EACH ROW WHEN (NEW.level = 0) EXECUTE FUNCTION chats_ring();
CREATE OR REPLACE TRIGGER conversation_now_in_danger_rings AFTER UPDATE OF level ON chats_conversation
    FOR EACH ROW WHEN (NEW.level = 0 AND OLD.level <> 0) EXECUTE FUNCTION chats_ring();
