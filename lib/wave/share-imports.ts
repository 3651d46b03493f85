import type { ImportsUsed } from "@/lib/migration/import-budget";
import { IMPORTS_PER_DAY, INSTANCE_IMPORTS_PER_DAY, RESERVED_IMPORTS } from "@/lib/migration/rds-limits";

/** A member that is under way, and what RDS has taken of it and of its instance today. */
export interface ImportingMember {
  id: string;
  instanceId: string;
  used: ImportsUsed;
}

/**
 * How many rounds each may still have today by itself. Each keeps its reserve of the 20 that its database has, and of the 500
 * of the instance every member keeps as many, and so do `beside`: how many others are under way there. What is over is shared evenly among
 * all of them. 0: rounds wait for the next day, cutovers do not.
 */
export function shareImports(
  members: readonly ImportingMember[],
  beside: (instanceId: string) => number,
): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  for (const { id, instanceId, used } of members) {
    const count = members.filter((one) => one.instanceId === instanceId).length + beside(instanceId);
    const overOnInstance = INSTANCE_IMPORTS_PER_DAY - used.ofInstance - count * RESERVED_IMPORTS;
    const own = IMPORTS_PER_DAY - used.ofDatabase - RESERVED_IMPORTS;
    shares.set(id, Math.max(0, Math.min(own, Math.floor(overOnInstance / count))));
  }
  return shares;
}
