-- The directory opens to the import and to whoever keeps it today; what is settled goes in time.

ALTER TABLE spaces_service ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS service_imported ON spaces_service;
CREATE POLICY service_imported ON spaces_service
    USING ((SELECT access_purpose()) = 'directory');
DROP POLICY IF EXISTS service_read_by_its_keepers ON spaces_service;
CREATE POLICY service_read_by_its_keepers ON spaces_service FOR SELECT
    USING ((SELECT spaces_keeps()));
DROP POLICY IF EXISTS service_changed_by_its_keepers ON spaces_service;
CREATE POLICY service_changed_by_its_keepers ON spaces_service FOR UPDATE
    USING ((SELECT spaces_keeps()));

ALTER TABLE spaces_mailbox ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS mailbox_held_by_its_keepers ON spaces_mailbox;
CREATE POLICY mailbox_held_by_its_keepers ON spaces_mailbox
    USING ((SELECT spaces_keeps()) OR (SELECT access_purpose()) = 'directory');

ALTER TABLE spaces_confirmationrequest ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS request_held_by_its_keepers ON spaces_confirmationrequest;
CREATE POLICY request_held_by_its_keepers ON spaces_confirmationrequest
    USING ((SELECT spaces_keeps()) OR (SELECT access_purpose()) = 'directory');
DROP POLICY IF EXISTS confirmationrequest_kept_in_time ON spaces_confirmationrequest;
CREATE POLICY confirmationrequest_kept_in_time ON spaces_confirmationrequest
    USING ((SELECT access_purpose()) = 'retention');

ALTER TABLE spaces_amendment ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS amendment_read_by_its_keepers ON spaces_amendment;
CREATE POLICY amendment_read_by_its_keepers ON spaces_amendment FOR SELECT
    USING ((SELECT spaces_keeps()));
DROP POLICY IF EXISTS amendment_settled_by_its_keepers ON spaces_amendment;
CREATE POLICY amendment_settled_by_its_keepers ON spaces_amendment FOR UPDATE
    USING ((SELECT spaces_keeps()));
DROP POLICY IF EXISTS amendment_kept_in_time ON spaces_amendment;
CREATE POLICY amendment_kept_in_time ON spaces_amendment
    USING ((SELECT access_purpose()) = 'retention');

ALTER TABLE spaces_doubt ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS doubt_read_by_its_keepers ON spaces_doubt;
CREATE POLICY doubt_read_by_its_keepers ON spaces_doubt FOR SELECT
    USING ((SELECT spaces_keeps()));
DROP POLICY IF EXISTS doubt_settled_by_its_keepers ON spaces_doubt;
CREATE POLICY doubt_settled_by_its_keepers ON spaces_doubt FOR UPDATE
    USING ((SELECT spaces_keeps()));
DROP POLICY IF EXISTS doubt_kept_in_time ON spaces_doubt;
CREATE POLICY doubt_kept_in_time ON spaces_doubt USING ((SELECT access_purpose()) = 'retention');
