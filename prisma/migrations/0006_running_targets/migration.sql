-- One migration under way for each target database: the store's own word, beside the rule that starting asks.
-- A store in which two run already (earlier versions let two starts at the same moment through) keeps them; the rule then
-- holds for what is started from now on.
DO $$
DECLARE
  since text := '';
BEGIN
  IF EXISTS (
    SELECT 1 FROM "Migration"
    WHERE "status" NOT IN ('draft', 'succeeded', 'cancelled') AND "instanceId" IS NOT NULL
    GROUP BY "instanceId", lower("targetDatabase")
    HAVING count(*) > 1
  ) THEN
    since := format(' AND "startedAt" > %L::timestamp', (SELECT max("startedAt") FROM "Migration"));
  END IF;
  EXECUTE 'CREATE UNIQUE INDEX "Migration_running_target_key" ON "Migration"("instanceId", lower("targetDatabase")) '
    'WHERE "status" NOT IN (''draft'', ''succeeded'', ''cancelled'')' || since;
END
$$;
