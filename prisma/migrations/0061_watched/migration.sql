-- What is looked at every second: cutovers that may have a deadline, and those that are armed. By nulls alone, of which the planner knows
-- also where the values are parameters.
CREATE INDEX "Migration_cutting_idx" ON "Migration"("id") WHERE "cutover" IS NOT NULL AND "onlineAt" IS NULL;
CREATE INDEX "Migration_armed_idx" ON "Migration"("id") WHERE "armed" IS NOT NULL;
