import type { ProbeId } from "@/lib/diagnosis/probe-ids";
import type { ProbeWorld } from "@/lib/preflight/world/probe-world";
import { bucketProbes } from "./bucket-probes";
import { folderProbes } from "./folder-probes";
import type { Probe } from "./probe";

/** How backups reach OSS: the folder that two systems see, and the bucket as RDS will read it. */
export function backupProbes(world: ProbeWorld): Probe<ProbeId>[] {
  return [...folderProbes(world), ...bucketProbes(world)];
}
