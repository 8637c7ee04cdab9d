-- Codes and attempts are held by the owner and by the work that forgets them.

ALTER TABLE codes_returncode ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS code_hidden ON codes_returncode;
CREATE POLICY code_hidden ON codes_returncode USING (false);

ALTER TABLE codes_tagtry ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS try_hidden ON codes_tagtry;
CREATE POLICY try_hidden ON codes_tagtry USING (false);
