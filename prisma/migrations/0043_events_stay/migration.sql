-- What has happened to a migration that was started stays written, whoever of the product's code would change it. A draft goes with its own.
CREATE FUNCTION refuse_to_edit_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND NOT EXISTS (
    SELECT FROM "Migration" m WHERE m."id" = OLD."migrationId" AND m."startedAt" IS NOT NULL
  ) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'Events are only ever added to';
END
$$;
CREATE TRIGGER "MigrationEvent_append_only" BEFORE UPDATE OR DELETE ON "MigrationEvent"
  FOR EACH ROW EXECUTE FUNCTION refuse_to_edit_events();

-- Nor does a started one become a draft again, to go with its events.
CREATE FUNCTION refuse_to_unstart() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A migration that was started stays so';
END
$$;
CREATE TRIGGER "Migration_stays_started" BEFORE UPDATE OF "startedAt" ON "Migration"
  FOR EACH ROW WHEN (OLD."startedAt" IS NOT NULL AND NEW."startedAt" IS NULL) EXECUTE FUNCTION refuse_to_unstart();
