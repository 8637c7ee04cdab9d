-- Whoever comes is looked for without being told; one question at a time.

-- Of these, those that a block holds at that moment: not over, not lifted, and confirmed by
-- somebody within a day. A block is no block any more at the very instant of its end.
CREATE OR REPLACE FUNCTION blocks_held(its_handle text, digests text[], moment timestamptz)
RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT b.digest::text FROM blocks_block b
     WHERE b.handle = its_handle AND b.digest = ANY (digests)
       AND b.set_at <= moment AND moment < b.until
       AND (b.confirmed_at IS NOT NULL OR moment < b.set_at + interval '1 day')
       AND (b.lifted_at IS NULL OR moment < b.lifted_at)
$$;

-- Blocks that ended before that moment go whole; how many.
CREATE OR REPLACE FUNCTION blocks_forget(before timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    gone integer;
BEGIN
    DELETE FROM blocks_block b
     WHERE least(b.until, b.lifted_at,
                 CASE WHEN b.confirmed_at IS NULL THEN b.set_at + interval '1 day' END) < before;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;
