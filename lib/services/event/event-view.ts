import type { EventView } from "@/lib/contracts/event";
import { readEvent } from "@/lib/migration/vocabulary/events";
import type { MigrationEvent } from "@/lib/store/generated/client";

/** The row on the wire; the one place where a stored fact is read. */
export function toEventView(row: MigrationEvent): EventView {
  return { seq: row.seq, ...readEvent(row.type, row.payload), actor: row.actor, at: row.at.toISOString() };
}
