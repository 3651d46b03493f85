import { z } from "zod";
import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import type { OnceCall } from "@/lib/store/generated/client";
import { type Look, type OnceEffect, type OnceTarget, type OnceWorld, targetSubject } from "./once-effect";

/** One DeleteDatabase. */
export const DropCallRequest = z.object({ instanceId: z.string(), databaseName: z.string() });
export type DropCallRequest = z.infer<typeof DropCallRequest>;

/** The row of a drop: a migration's database is dropped once, whoever makes another of that name later. */
export function dropTarget(
  { instanceId, databaseName }: DropCallRequest,
  owner: { connectionId: string; migrationId: string },
): OnceTarget {
  return {
    subject: targetSubject(instanceId, databaseName),
    item: owner.migrationId,
    instanceId,
    databaseName,
    stepId: null,
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

const GOING = /^(?:deleting|dropping)$/i;

async function lookForDatabase({ clients, connectionId }: OnceWorld, call: OnceCall): Promise<Look> {
  const { instanceId, databaseName } = DropCallRequest.parse(call.request);
  const rds = await clients.rds(connectionId);
  const databases = await rds.listDatabases(instanceId);
  const there = databases.find(({ name }) => name.toLowerCase() === databaseName.toLowerCase());
  if (!there) return { state: "found", reference: null };
  if (GOING.test(there.status)) return { state: "under_way" };
  if (there.status === "Running") return { state: "absent" };
  // Somebody restores or makes one of that name: whether ours went before nobody can tell.
  const params = { database: databaseName, status: there.status };
  return { state: "unclear", failure: ruleFailure("rds_database_status_unclear", params) };
}
