-- A child whose file is closed to somebody is found in an emergency, by full name and day of birth.
--
-- SECURITY DEFINER: whoever asks does not see the row. Nothing comes out but the reference of a file
-- that an emergency opens to them, and the application hands it to the opening, never to a screen.

-- "Other information exists": told to whoever holds one of the two files, unless the other is
-- sealed or closed to that agent. The function looks behind the wall and brings back only that.
CREATE OR REPLACE FUNCTION people_may_be_hinted(file bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM access_casefile f
         WHERE f.id = file AND f.sealed_at IS NULL
           AND f.id NOT IN (SELECT access_excluded())
    )
$$;

CREATE OR REPLACE FUNCTION people_behind_glass(called text, born date) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT k.ref
      FROM people_minor m JOIN access_casefile f ON f.id = m.case_file_id
      JOIN access_casefile k ON k.id = coalesce(f.merged_into_id, f.id)
     WHERE m.name_plain = called AND m.birth_date = born
       AND access_behind_glass(f.id) AND access_behind_glass(k.id)
     LIMIT 3
$$;
