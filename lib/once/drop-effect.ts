import { z } from "zod";
import type { OnceCall } from "@/lib/store/generated/client";
import { type Look, type OnceEffect, type OnceTarget, type OnceWorld, targetSubject } from "./once-effect";

/** One DeleteDatabase. */
export const DropCallRequest = z.object({ instanceId: z.string(), databaseName: z.string() });
export type DropCallRequest = z.infer<typeof DropCallRequest>;

/** The row of a drop: a migration's database is dropped once, whoever makes another of that name later. */
export function dropTarget(
  { instanceId, databaseName }: DropCallRequest,
  owner: { connectionId: string; migrationId: string; stepId: string | null },
): OnceTarget {
  return {
    subject: targetSubject(instanceId, databaseName),
    item: owner.migrationId,
    instanceId,
    databaseName,
    fileId: null,
    ...owner,
  };
}

/** DeleteDatabase. A second one could meet a database that somebody made since: it is looked for before it is asked for again. */
export const dropEffect: OnceEffect<DropCallRequest> = {
  kind: "drop",
  graceMs: (lookGraceMs) => lookGraceMs,
  call: async ({ clients, connectionId }, request) => {
    const rds = await clients.rds(connectionId);
    const { requestId } = await rds.deleteDatabase(request);
    return { reference: null, requestId };
  },
  look: lookForDatabase,
  stands: lookForDatabase,
};

async function lookForDatabase({ clients, connectionId }: OnceWorld, call: OnceCall): Promise<Look> {
  const { instanceId, databaseName } = DropCallRequest.parse(call.request);
  const rds = await clients.rds(connectionId);
  const databases = await rds.listDatabases(instanceId);
  const there = databases.find(({ name }) => name.toLowerCase() === databaseName.toLowerCase());
  if (!there) return { state: "found", reference: null };
  // On its way out, or somebody restores one of that name: it is looked at again until it is gone or open.
  return { state: there.status === "Running" ? "absent" : "under_way" };
}
