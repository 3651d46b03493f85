import type { ProbeId } from "@/lib/diagnosis/probe-ids";
import type { ProbeWorld } from "@/lib/preflight/world/probe-world";
import { instanceProbes } from "./instance-probes";
import type { Probe } from "./probe";
import { roleProbes } from "./role-probes";
import { targetProbes } from "./target-probes";

/** The instance that will hold the database, and what RDS needs to read the bucket. */
export function importProbes(world: ProbeWorld): Probe<ProbeId>[] {
  const { cloudConnectionId, instanceId } = world.draft;
  if (cloudConnectionId === null) return [];
  if (instanceId === null) return roleProbes(world);
  return [...instanceProbes(world, instanceId), ...targetProbes(world, instanceId), ...roleProbes(world)];
}
