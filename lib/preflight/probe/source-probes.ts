import type { ProbeWorld } from "@/lib/preflight/world/probe-world";
import { checkProbes } from "./check-probes";
import { databaseProbes } from "./database-probes";
import { featureProbes } from "./feature-probes";
import { foreignBackupProbes } from "./foreign-backup-probes";
import { logChainProbes } from "./log-chain-probes";
import type { Probe } from "./probe";
import { rightsProbes } from "./rights-probes";
import { serverProbes } from "./server-probes";

/** The source server and its database. Nothing to ask while others take the backups and no server is named. */
export function sourceProbes(world: ProbeWorld): Probe[] {
  const { sourceConnectionId, sourceDatabase } = world.draft;
  if (sourceConnectionId === null) return [];
  const server = serverProbes(world);
  if (sourceDatabase === null || sourceDatabase.trim() === "") return server;
  return [
    ...server,
    ...databaseProbes(world, sourceDatabase),
    ...logChainProbes(world, sourceDatabase),
    ...checkProbes(world, sourceDatabase),
    ...foreignBackupProbes(world, sourceDatabase),
    ...featureProbes(world, sourceDatabase),
    ...rightsProbes(world, sourceDatabase),
  ];
}
