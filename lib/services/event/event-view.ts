import type { EventView } from "@/lib/contracts/migration";
import type { MigrationEvent } from "@/lib/store/generated/client";

/** The row on the wire. Payloads are flat; anything else in one would be a bug, and is left out rather than shown. */
export function toEventView(row: MigrationEvent): EventView {
  const payload: EventView["payload"] = {};
  if (typeof row.payload === "object" && row.payload !== null && !Array.isArray(row.payload)) {
    for (const [key, value] of Object.entries(row.payload)) {
      if (value === null || typeof value !== "object") payload[key] = value ?? null;
    }
  }
  return { seq: row.seq, type: row.type, payload, actor: row.actor, at: row.at.toISOString() };
}
