-- Whether two sealed letters are the same one, wrapped by two keys.

-- « FS1 », key (8), length of what wraps (2), what wraps, then the letter itself.
CREATE OR REPLACE FUNCTION documents_same_letter(former bytea, newer bytea, owner boolean)
RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    sealed constant bytea := 'FS1';
BEGIN
    IF former = newer THEN
        RETURN true;
    END IF;
    IF substring(newer FROM 1 FOR 3) IS DISTINCT FROM sealed OR octet_length(newer) < 14 THEN
        RETURN false;
    END IF;
    IF substring(former FROM 1 FOR 3) IS DISTINCT FROM sealed THEN
        -- Filed before letters were sealed: their owner seals them once.
        RETURN owner;
    END IF;
    RETURN substring(former FROM 14 + get_byte(former, 11) * 256 + get_byte(former, 12))
         = substring(newer FROM 14 + get_byte(newer, 11) * 256 + get_byte(newer, 12));
END $$;
