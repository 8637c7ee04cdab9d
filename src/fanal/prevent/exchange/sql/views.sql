-- What everybody reads: published texts, and not who wrote or read them. It joins, so that nothing is written through it.

CREATE OR REPLACE VIEW exchange_published WITH (security_barrier = true) AS
SELECT a.id, a.ref, a.title, a.question, a.answer, a.words, a.reviewed_at
  FROM exchange_publicanswer a JOIN agents_organisation o ON o.id = a.organisation_id
 WHERE a.state = 'published';
