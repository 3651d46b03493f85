import { KeptHook } from "@/lib/migration/cutover-hook";
import type { NewEvent } from "@/lib/migration/vocabulary/events";
import type { HookTold } from "@/lib/migration/vocabulary/hook-moment";
import type { Prisma } from "./generated/client";

/** After which phase of a cutover a fact comes; null: after none. */
function momentOf({ type, payload }: NewEvent, hasCutover: boolean): HookTold | null {
  switch (type) {
    case "writes_stopped":
      return "after_stop";
    case "file_imported":
      return payload.final ? "after_tail" : null;
    case "open_accepted":
    case "open_found":
      return "after_open";
    case "database_online":
      return "online";
    case "went_back":
      return "taken_back";
    case "cancelled":
      return hasCutover ? "taken_back" : null;
    default:
      return null;
  }
}

/**
 * Writes down, in the transaction of the facts, which calls of the migration's hook are to follow them. The id is made of
 * migration, moment and number of the fact: who looks at ids acts once. A hook that another version wrote is not called.
 */
export async function queueHookCalls(
  tx: Pick<Prisma.TransactionClient, "hookCall">,
  input: {
    migrationId: string;
    firstSeq: number;
    at: Date;
    events: readonly NewEvent[];
    columns: { hook: unknown; cutover: unknown };
  },
): Promise<void> {
  const { migrationId, firstSeq, at, events, columns } = input;
  if (columns.hook === null) return;
  const moments = KeptHook.safeParse(columns.hook).data?.moments ?? [];
  const data = events.flatMap((event, index) => {
    const moment = momentOf(event, columns.cutover !== null);
    if (moment === null || !moments.includes(moment)) return [];
    const id = `${migrationId}.${firstSeq + index}.${moment}`;
    return [{ id, migrationId, moment, at, dueAt: at, state: "waiting" }];
  });
  if (data.length > 0) await tx.hookCall.createMany({ data });
}
