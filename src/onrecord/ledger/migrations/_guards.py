"""The database's own refusals: the record is only ever added to, whoever asks.

Whoever owns the file can still drop a trigger. That is what checkpoints and witnesses are for.
"""

RECORD = ("ledger_leaf", "ledger_opening", "ledger_resealing", "ledger_checkpoint", "ledger_cosignature")
KEPT = [
    (table, verb) for table in RECORD for verb in ("update", "delete") if (table, verb) != ("ledger_opening", "update")
]
"""What is never done to which table. An opening is changed in one way: it is sealed again without what was erased."""

SQLITE = (
    *(
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END"
        for table, verb in KEPT
    ),
    """CREATE TRIGGER ledger_leaf_next BEFORE INSERT ON ledger_leaf
       WHEN NEW.seq IS NOT (SELECT coalesce(max(seq) + 1, 0) FROM ledger_leaf)
         OR EXISTS (SELECT 1 FROM ledger_leaf WHERE uid = NEW.uid)
         OR length(NEW.leaf_hash) IS NOT 32 OR length(NEW.payload) NOT BETWEEN 2 AND 65535
       BEGIN SELECT RAISE(ABORT, 'only the next entry, with an id of its own, can be added'); END""",
    """CREATE TRIGGER ledger_opening_new BEFORE INSERT ON ledger_opening
       WHEN EXISTS (SELECT 1 FROM ledger_opening WHERE uid = NEW.uid)
       BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END""",
    """CREATE TRIGGER ledger_opening_no_update BEFORE UPDATE ON ledger_opening
       WHEN NEW.uid IS NOT OLD.uid OR NOT EXISTS (
         SELECT 1 FROM ledger_resealing r WHERE r.uid = OLD.uid AND r.key_id = NEW.key_id
           AND r.was = hex(substr(OLD.sealed, 1, 12)) || hex(substr(OLD.sealed, -16))
           AND r.becomes = hex(substr(NEW.sealed, 1, 12)) || hex(substr(NEW.sealed, -16)))
       BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END""",
    """CREATE TRIGGER ledger_resealing_new BEFORE INSERT ON ledger_resealing
       WHEN EXISTS (SELECT 1 FROM ledger_resealing WHERE erasure = NEW.erasure) OR NOT EXISTS (
         SELECT 1 FROM ledger_leaf l WHERE l.uid = NEW.erasure
           AND instr(CAST(l.payload AS TEXT), '"kind":"ledger.erasure_carried_out/1"') > 0
           AND l.seq >= (SELECT coalesce(max(size), 0) FROM ledger_checkpoint))
       BEGIN SELECT RAISE(ABORT, 'an opening is sealed again only in the name of a new erasure'); END""",
    """CREATE VIEW ledger_reseal_in AS SELECT '' AS erasure, '' AS uid, x'' AS sealed, '' AS key_id WHERE 0""",
    """CREATE TRIGGER ledger_reseal_in_seal INSTEAD OF INSERT ON ledger_reseal_in
       BEGIN
         INSERT INTO ledger_resealing (erasure, uid, was, becomes, key_id)
         SELECT NEW.erasure, o.uid, hex(substr(o.sealed, 1, 12)) || hex(substr(o.sealed, -16)),
                hex(substr(NEW.sealed, 1, 12)) || hex(substr(NEW.sealed, -16)), NEW.key_id
         FROM ledger_opening o WHERE o.uid = NEW.uid;
         UPDATE ledger_opening SET sealed = NEW.sealed, key_id = NEW.key_id WHERE uid = NEW.uid;
       END""",
    """CREATE TRIGGER ledger_checkpoint_new BEFORE INSERT ON ledger_checkpoint
       WHEN EXISTS (SELECT 1 FROM ledger_checkpoint WHERE id = NEW.id OR made_at = NEW.made_at)
       BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END""",
    """CREATE TRIGGER ledger_cosignature_new BEFORE INSERT ON ledger_cosignature
       WHEN EXISTS (SELECT 1 FROM ledger_cosignature WHERE id = NEW.id
                    OR (size = NEW.size AND witness = NEW.witness AND signed_at = NEW.signed_at))
       BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END""",
    """CREATE TRIGGER ledger_head_forward BEFORE UPDATE ON ledger_head
       WHEN NEW.id IS NOT 1 OR NEW.recorded_at < OLD.recorded_at
         OR NEW.size IS NOT (SELECT coalesce(max(seq) + 1, 0) FROM ledger_leaf)
         OR (NEW.size IS OLD.size AND NEW.recorded_at IS NOT OLD.recorded_at)
       BEGIN SELECT RAISE(ABORT, 'the head only moves forward, with the entries'); END""",
    """CREATE TRIGGER ledger_head_stays BEFORE DELETE ON ledger_head
       BEGIN SELECT RAISE(ABORT, 'the head stays'); END""",
    """CREATE VIEW ledger_in AS
       SELECT 0 AS seq, '' AS uid, x'' AS payload, x'' AS hash, x'' AS sealed, '' AS key_id, '' AS stamped WHERE 0""",
    """CREATE TRIGGER ledger_in_append INSTEAD OF INSERT ON ledger_in
       BEGIN
         INSERT INTO ledger_leaf (seq, uid, payload, leaf_hash) VALUES (NEW.seq, NEW.uid, NEW.payload, NEW.hash);
         INSERT INTO ledger_opening (uid, sealed, key_id) VALUES (NEW.uid, NEW.sealed, NEW.key_id);
         UPDATE ledger_head SET size = NEW.seq + 1, recorded_at = NEW.stamped WHERE id = 1;
       END""",
    """CREATE TRIGGER ledger_head_one BEFORE INSERT ON ledger_head WHEN EXISTS (SELECT 1 FROM ledger_head)
       BEGIN SELECT RAISE(ABORT, 'there is one head'); END""",
)

POSTGRESQL = (
    """CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'the record is only added to'; END $$""",
    *(
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION ledger_refuse()"
        for table, verb in KEPT
    ),
    *(
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION ledger_refuse()"
        for table in (*RECORD, "ledger_head")
    ),
    "CREATE TRIGGER ledger_head_stays BEFORE DELETE ON ledger_head FOR EACH ROW EXECUTE FUNCTION ledger_refuse()",
    """CREATE FUNCTION ledger_next() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF NEW.seq IS DISTINCT FROM (SELECT coalesce(max(seq) + 1, 0) FROM ledger_leaf)
            OR length(NEW.leaf_hash) <> 32 OR length(NEW.payload) NOT BETWEEN 2 AND 65535 THEN
           RAISE EXCEPTION 'only the next entry can be added';
         END IF;
         RETURN NEW;
       END $$""",
    "CREATE TRIGGER ledger_leaf_next BEFORE INSERT ON ledger_leaf FOR EACH ROW EXECUTE FUNCTION ledger_next()",
    """CREATE FUNCTION ledger_mark(sealed bytea) RETURNS text LANGUAGE sql IMMUTABLE AS
       $$ SELECT upper(encode(substr(sealed, 1, 12) || substr(sealed, length(sealed) - 15), 'hex')) $$""",
    """CREATE FUNCTION ledger_resealed() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF NEW.uid <> OLD.uid OR NOT EXISTS (
              SELECT 1 FROM public.ledger_resealing r WHERE r.uid = OLD.uid AND r.key_id = NEW.key_id
                AND r.was = public.ledger_mark(OLD.sealed) AND r.becomes = public.ledger_mark(NEW.sealed)) THEN
           RAISE EXCEPTION 'the record is only added to';
         END IF;
         RETURN NEW;
       END $$""",
    """CREATE TRIGGER ledger_opening_no_update BEFORE UPDATE ON ledger_opening
       FOR EACH ROW EXECUTE FUNCTION ledger_resealed()""",
    """CREATE FUNCTION ledger_erasing() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF NOT EXISTS (
              SELECT 1 FROM public.ledger_leaf l WHERE l.uid = NEW.erasure
                AND position('"kind":"ledger.erasure_carried_out/1"' IN convert_from(l.payload, 'UTF8')) > 0
                AND l.seq >= (SELECT coalesce(max(size), 0) FROM public.ledger_checkpoint)) THEN
           RAISE EXCEPTION 'an opening is sealed again only in the name of a new erasure';
         END IF;
         RETURN NEW;
       END $$""",
    """CREATE TRIGGER ledger_resealing_new BEFORE INSERT ON ledger_resealing
       FOR EACH ROW EXECUTE FUNCTION ledger_erasing()""",
    """CREATE FUNCTION ledger_reseal(named uuid, entry uuid, anew bytea, key text)
       RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
       BEGIN
         INSERT INTO public.ledger_resealing (erasure, uid, was, becomes, key_id)
         SELECT named, o.uid, public.ledger_mark(o.sealed), public.ledger_mark(anew), key
         FROM public.ledger_opening o WHERE o.uid = entry;
         UPDATE public.ledger_opening SET sealed = anew, key_id = key WHERE uid = entry;
       END $$""",
    """CREATE FUNCTION ledger_forward() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF NEW.id <> 1 OR NEW.recorded_at < OLD.recorded_at
            OR NEW.size IS DISTINCT FROM (SELECT coalesce(max(seq) + 1, 0) FROM ledger_leaf)
            OR (NEW.size = OLD.size AND NEW.recorded_at <> OLD.recorded_at) THEN
           RAISE EXCEPTION 'the head only moves forward, with the entries';
         END IF;
         RETURN NEW;
       END $$""",
    "CREATE TRIGGER ledger_head_forward BEFORE UPDATE ON ledger_head FOR EACH ROW EXECUTE FUNCTION ledger_forward()",
    """CREATE FUNCTION ledger_lock() RETURNS TABLE (size bigint, recorded_at timestamptz)
       LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
       $$ SELECT h.size, h.recorded_at FROM public.ledger_head h WHERE h.id = 1 FOR UPDATE $$""",
    """CREATE FUNCTION ledger_append(at bigint, uid uuid, payload bytea, hash bytea, sealed bytea, key_id text,
                                     stamped timestamptz)
       RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
       BEGIN
         INSERT INTO public.ledger_leaf (seq, uid, payload, leaf_hash) VALUES (at, uid, payload, hash);
         INSERT INTO public.ledger_opening (uid, sealed, key_id) VALUES (uid, sealed, key_id);
         UPDATE public.ledger_head SET size = at + 1, recorded_at = stamped WHERE id = 1;
       END $$""",
)
