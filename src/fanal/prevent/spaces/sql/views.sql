-- What the public and professionals read of the directory, without the words that nobody confirmed.
--
-- The views belong to the owner and join, so that nothing can be written through them.

CREATE OR REPLACE VIEW spaces_changed WITH (security_barrier) AS
SELECT s.id, s.updated_at AS changed_at
  FROM spaces_service s LEFT JOIN territory_commune c ON c.code = s.commune_id
 WHERE s.tier = 'public' AND s.status IN ('active', 'temporarily closed');

CREATE OR REPLACE VIEW spaces_public WITH (security_barrier) AS
SELECT s.id, s.ref, s.name, s.kind, s.status,
       CASE WHEN s.verified ? 'description' THEN s.description ELSE '' END AS description,
       s.commune_id, s.departement_id, s.postcode,
       CASE WHEN s.verified ? 'address' THEN s.address ELSE '' END AS address,
       s.shown_latitude AS latitude,
       s.shown_longitude AS longitude,
       s.audiences, s.minimum_age, s.maximum_age,
       CASE WHEN s.verified ? 'hours' THEN s.hours ELSE '' END AS hours,
       CASE WHEN s.verified ? 'phone' OR s.state_number THEN s.phone ELSE '' END AS phone,
       CASE WHEN s.verified ? 'website' THEN s.website ELSE '' END AS website,
       s.languages, s.sign_language, s.accessible, s.free, s.anonymous,
       s.source_url, s.source_date, s.verified, s.verified_on
  FROM spaces_service s LEFT JOIN territory_commune c ON c.code = s.commune_id
 WHERE s.tier = 'public' AND s.status IN ('active', 'temporarily closed');

CREATE OR REPLACE VIEW spaces_professional WITH (security_barrier) AS
SELECT s.id, s.ref, s.name, s.kind, s.status,
       CASE WHEN s.verified ? 'description' THEN s.description ELSE '' END AS description,
       s.commune_id, s.departement_id, s.postcode,
       CASE WHEN s.verified ? 'address' THEN s.address ELSE '' END AS address,
       s.shown_latitude AS latitude,
       s.shown_longitude AS longitude,
       s.audiences, s.minimum_age, s.maximum_age,
       CASE WHEN s.verified ? 'hours' THEN s.hours ELSE '' END AS hours,
       CASE WHEN s.verified ? 'phone' OR s.state_number THEN s.phone ELSE '' END AS phone,
       CASE WHEN s.verified ? 'website' THEN s.website ELSE '' END AS website,
       s.languages, s.sign_language, s.accessible, s.free, s.anonymous,
       s.source_url, s.source_date, s.verified, s.verified_on, s.tier
  FROM spaces_service s LEFT JOIN territory_commune c ON c.code = s.commune_id
 WHERE (SELECT spaces_is_professional()) AND s.tier IN ('public', 'professional') AND s.status IN ('active', 'temporarily closed');
