-- A step whose file does not continue the chain was failed, with closesRound in its result; refused is a status now.
UPDATE "MigrationStep" SET "status" = 'refused' WHERE "status" = 'failed' AND "result" ->> 'closesRound' = 'true';

UPDATE "MigrationStep" SET "result" = "result" - 'closesRound' WHERE "result" ? 'closesRound';
