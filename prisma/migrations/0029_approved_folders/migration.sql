-- Folders that migrations were started with before anybody had to approve them are approved: what ran goes on.
INSERT INTO "Setting" ("key", "value")
SELECT 'approved_folders', jsonb_build_object('folders', jsonb_agg(used.pair))
FROM (
  SELECT DISTINCT jsonb_build_object('source', nullif(trim("sourceFolder"), ''), 'local', trim("localFolder")) AS pair
  FROM "Migration"
  WHERE "startedAt" IS NOT NULL AND NOT "sandbox" AND coalesce(trim("localFolder"), '') <> ''
  LIMIT 200
) used
HAVING count(*) > 0
ON CONFLICT ("key") DO NOTHING;
