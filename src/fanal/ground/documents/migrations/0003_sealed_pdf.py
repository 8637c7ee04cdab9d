"""The bytes of a letter are sealed; a new key may wrap them again, and nothing else changes them."""

from django.db import migrations

import fanal.ground.privacy.sealing.fields

# « FS1 », key (8), length of what wraps (2), what wraps, then the letter itself.
SAME = """
CREATE FUNCTION documents_same_letter(former bytea, newer bytea, owner boolean)
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

CREATE OR REPLACE FUNCTION documents_stay_as_filed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.ref, NEW.case_file_id, NEW.kind, NEW.title, NEW.size, NEW.sha256,
        NEW.created_at, NEW.created_by_id)
       IS DISTINCT FROM
       (OLD.ref, OLD.case_file_id, OLD.kind, OLD.title, OLD.size, OLD.sha256,
        OLD.created_at, OLD.created_by_id)
       OR (OLD.superseded_by_id IS NOT NULL
           AND NEW.superseded_by_id IS DISTINCT FROM OLD.superseded_by_id)
       OR NOT documents_same_letter(
           OLD.pdf, NEW.pdf,
           (SELECT pg_has_role(current_user, relowner, 'MEMBER') FROM pg_class WHERE oid = TG_RELID)
       )
    THEN
        RAISE EXCEPTION 'a filed document does not change' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
"""
AS_BEFORE = """
CREATE OR REPLACE FUNCTION documents_stay_as_filed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.ref, NEW.case_file_id, NEW.kind, NEW.title, NEW.pdf, NEW.size, NEW.sha256,
        NEW.created_at, NEW.created_by_id)
       IS DISTINCT FROM
       (OLD.ref, OLD.case_file_id, OLD.kind, OLD.title, OLD.pdf, OLD.size, OLD.sha256,
        OLD.created_at, OLD.created_by_id)
       OR (OLD.superseded_by_id IS NOT NULL
           AND NEW.superseded_by_id IS DISTINCT FROM OLD.superseded_by_id)
    THEN
        RAISE EXCEPTION 'a filed document does not change' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
DROP FUNCTION documents_same_letter(bytea, bytea, boolean);
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_row_security")]

    operations = [
        migrations.RunSQL(SAME, AS_BEFORE),
        # Bytes already: only the model changes.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    "document",
                    "pdf",
                    fanal.ground.privacy.sealing.fields.SealedBinaryField(
                        verbose_name="fichier", anchor="ref"
                    ),
                )
            ]
        ),
    ]
