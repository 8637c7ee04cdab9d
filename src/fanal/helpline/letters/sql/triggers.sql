-- A letter or a question where a danger is read rings on the desk of whoever listens.

CREATE OR REPLACE TRIGGER letter_in_danger_rings AFTER INSERT ON letters_letter
    FOR EACH ROW WHEN (NEW.level = 0) EXECUTE FUNCTION chats_ring();

CREATE OR REPLACE TRIGGER letter_now_in_danger_rings AFTER UPDATE OF level, state ON letters_letter
    FOR EACH ROW
    WHEN ((NEW.level = 0 OR OLD.level = 0) AND (NEW.level, NEW.state) <> (OLD.level, OLD.state))
    EXECUTE FUNCTION chats_ring();

CREATE OR REPLACE TRIGGER question_in_danger_rings AFTER INSERT OR UPDATE OF state ON exchange_question
    FOR EACH ROW WHEN (NEW.level = 0) EXECUTE FUNCTION chats_ring();
