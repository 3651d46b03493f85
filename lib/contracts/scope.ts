import { z } from "zod";

const names = z.array(z.string().trim().min(1).max(200)).max(200);

/**
 * To what somebody is limited: ids of saved connections and of instances, names of databases as the source has them. An empty list
 * limits nothing.
 */
export const Scope = z.strictObject({ connections: names, instances: names, databases: names });
export type Scope = z.infer<typeof Scope>;

/** Null where nothing is limited. */
export function scopeOrNull(scope: Scope | null): Scope | null {
  if (scope === null) return null;
  return Object.values(scope).some((list) => list.length > 0) ? scope : null;
}
