import { remedyScript } from "@/lib/diagnosis/build-remedy-script";
import { quoteIdentifier } from "@/lib/diagnosis/quote-sql";
import { featuresRefused } from "@/lib/migration/edition-rules";
import { factsOf, type ProbeWorld } from "@/lib/preflight/world/probe-world";
import type { EncryptionFacts } from "@/lib/sqlserver/source-facts";
import type { Finding, Probe } from "./probe";

const OPEN_FAILS = "Failed to open database";

/** What the database uses that the target may not have. */
export function featureProbes(world: ProbeWorld, database: string): Probe[] {
  const params = { database };
  const quoted = quoteIdentifier(database);
  return [
    {
      id: "source.edition_features",
      asked: `${quoted}.sys.dm_db_persisted_sku_features`,
      params,
      freshMinutes: 60,
      prevents: `RDS: ${OPEN_FAILS} ${database}. / Msg 905, 909, 41381: Database cannot be started in this edition of SQL Server`,
      look: () => editionFinding(world),
    },
    {
      id: "source.tde",
      asked: `sys.dm_database_encryption_keys, ${database}`,
      params,
      prevents: "Msg 33111: Cannot find server certificate with thumbprint …",
      look: async () => encryptionFinding(await world.facts.encryption(), database),
    },
    {
      id: "source.filestream",
      asked: `${quoted}.sys.filegroups (FD), TableIsFileTable`,
      params,
      freshMinutes: 60,
      look: async () => {
        const [facts, storage] = await Promise.all([factsOf(world), world.facts.storage()]);
        const uses = facts.filestreamFiles > 0 && storage.memoryGroups === 0;
        return {
          verdict: uses || storage.filestreamGroups > 0 ? "warn" : "pass",
          params: { groups: storage.filestreamGroups, tables: storage.fileTables },
          answer: `filegroups ${storage.filestreamGroups}, FileTables ${storage.fileTables}`,
        };
      },
    },
    {
      id: "source.memory_optimized",
      asked: `${quoted}.sys.filegroups (FX)`,
      params,
      freshMinutes: 60,
      prevents:
        "Msg 41381: The database cannot be started in this edition of SQL Server because it contains a MEMORY_OPTIMIZED_DATA filegroup.",
      look: async () => {
        const { memoryGroups } = await world.facts.storage();
        return {
          verdict: memoryGroups > 0 ? "warn" : "pass",
          params: { groups: memoryGroups },
          answer: `filegroups ${memoryGroups}`,
        };
      },
    },
    {
      id: "source.cdc",
      asked: `sys.databases, ${database}: is_cdc_enabled`,
      params,
      freshMinutes: 60,
      look: async () => {
        const { changeDataCapture } = await factsOf(world);
        return {
          verdict: changeDataCapture ? "warn" : "pass",
          params: {},
          answer: `is_cdc_enabled ${changeDataCapture ? 1 : 0}`,
          script: remedyScript.disableCdc(database),
        };
      },
    },
    {
      id: "source.replication",
      asked: `sys.databases, ${database}: is_published, is_merge_published, is_distributor`,
      params,
      freshMinutes: 60,
      look: async () => {
        const { published, distributor } = await factsOf(world);
        const role = distributor ? "distributor" : published ? "published" : "none";
        return {
          verdict: distributor ? "block" : published ? "warn" : "pass",
          params: { role },
          answer: `published ${published ? 1 : 0}, distributor ${distributor ? 1 : 0}`,
        };
      },
    },
    ...replicaProbes(world, database),
  ];
}

/** Where the database has copies, only one server may take its backups. */
function replicaProbes(world: ProbeWorld, database: string): Probe[] {
  const params = { database };
  const prevents =
    "Msg 3059: This BACKUP or RESTORE command is not supported on a database mirror or secondary replica.";
  return [
    {
      id: "source.availability",
      asked: `sys.dm_hadr_availability_replica_states, ${database}`,
      params,
      prevents,
      look: async () => {
        const found = await world.facts.availability();
        if (!found) return { verdict: "pass", params: { group: "", role: "none" }, answer: "in no group" };
        const { group, role } = found;
        const verdict = role === "PRIMARY" ? "warn" : world.draft.backupBy === "app" ? "block" : "warn";
        return { verdict, params: { group, role }, answer: `${group}: ${role}` };
      },
    },
    {
      id: "source.mirroring",
      asked: `sys.database_mirroring, ${database}`,
      params,
      prevents,
      look: async () => {
        const { mirroringRole } = await factsOf(world);
        return {
          verdict: mirroringRole === null ? "pass" : mirroringRole === "PRINCIPAL" ? "warn" : "block",
          params: { role: mirroringRole ?? "none" },
          answer: mirroringRole ?? "not mirrored",
        };
      },
    },
  ];
}

async function editionFinding(world: ProbeWorld): Promise<Finding> {
  const features = [...new Set(await world.facts.editionFeatures())].sort();
  const list = features.join(", ");
  const answer = list === "" ? "no row" : list;
  if (features.length === 0 || world.draft.instanceId === null || world.draft.cloudConnectionId === null) {
    // Which of them matter depends on the instance, which is chosen later.
    const verdict = features.length === 0 ? "pass" : "unknown";
    return { verdict, params: { features: list, refused: "", engineVersion: "" }, answer };
  }
  const { engineVersion } = await world.instance();
  const { refused, unknown } = featuresRefused(features, engineVersion);
  const verdict = refused.length > 0 ? "block" : unknown.length > 0 ? "unknown" : "pass";
  const named = [...refused, ...unknown].join(", ");
  return {
    verdict,
    params: { features: list, refused: named, engineVersion },
    answer: `${answer}; RDS ${engineVersion}`,
  };
}

/** RDS has no way to take a certificate, so an encrypted backup is one that nobody can restore. */
function encryptionFinding(found: EncryptionFacts | null, database: string): Finding {
  const state = found?.state ?? 0;
  const certificate = found?.certificate ?? found?.thumbprint ?? "";
  const answer = found
    ? `encryption_state ${state}, ${found.algorithm}, ${certificate || "certificate hidden"}`
    : "no key";
  const params = { state, certificate };
  if (state === 0) return { verdict: "pass", params, answer };
  const off = remedyScript.decrypt(database);
  // Decrypted, but the key is still there and with it encrypted log.
  return { verdict: state === 1 ? "warn" : "block", params, answer, script: off };
}
