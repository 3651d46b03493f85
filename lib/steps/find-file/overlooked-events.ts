import { z } from "zod";
import type { NewEvent } from "@/lib/migration/vocabulary/events";
import type { StepRun } from "../step-run";
import type { Overlooked } from "./walk-folder";

/** A folder full of links is told by its first ones. */
const MOST_TOLD = 20;

const Told = z.object({ file: z.string(), why: z.string() });
const keyOf = ({ file, why }: z.infer<typeof Told>) => JSON.stringify([file, why]);

/** What is said of what was not looked at: each once in a migration, whichever round came upon it. */
export async function overlookedEvents(run: StepRun, overlooked: readonly Overlooked[]): Promise<NewEvent[]> {
  if (overlooked.length === 0) return [];
  const rows = await run.ctx.db.migrationEvent.findMany({
    where: { migrationId: run.migration.id, type: "file_overlooked" },
    select: { payload: true },
  });
  const told = new Set(rows.map(({ payload }) => keyOf(Told.parse(payload))));
  return overlooked
    .map(({ relativePath, why }) => ({ file: relativePath, why }))
    .filter((payload) => !told.has(keyOf(payload)))
    .slice(0, Math.max(0, MOST_TOLD - told.size))
    .map((payload) => ({ type: "file_overlooked" as const, payload }));
}
