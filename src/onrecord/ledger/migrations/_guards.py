"""The database's own refusals: the record is only ever added to, whoever asks.

Whoever owns the file can still drop a trigger. That is what checkpoints and witnesses are for.
"""

RECORD = ("ledger_leaf", "ledger_opening", "ledger_checkpoint", "ledger_cosignature")

SQLITE = (
    *(
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END"
        for table in RECORD
        for verb in ("update", "delete")
    ),
    """CREATE TRIGGER ledger_leaf_next BEFORE INSERT ON ledger_leaf
       WHEN NEW.seq IS NOT (SELECT coalesce(max(seq) + 1, 0) FROM ledger_leaf)
         OR EXISTS (SELECT 1 FROM ledger_leaf WHERE uid = NEW.uid)
         OR length(NEW.leaf_hash) IS NOT 32 OR length(NEW.payload) NOT BETWEEN 2 AND 65535
       BEGIN SELECT RAISE(ABORT, 'only the next entry, with an id of its own, can be added'); END""",
    """CREATE TRIGGER ledger_opening_new BEFORE INSERT ON ledger_opening
       WHEN EXISTS (SELECT 1 FROM ledger_opening WHERE uid = NEW.uid)
       BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END""",
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
        for table in RECORD
        for verb in ("update", "delete")
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
    """CREATE FUNCTION ledger_forward() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF NEW.id <> 1 OR NEW.recorded_at < OLD.recorded_at
            OR NEW.size IS DISTINCT FROM (SELECT coalesce(max(seq) + 1, 0) FROM ledger_leaf) THEN
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
