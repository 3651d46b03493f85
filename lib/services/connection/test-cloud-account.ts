import { type CloudAccountSettings, credentialOf } from "@/lib/contracts/connection";
import { failureOf } from "@/lib/diagnosis/failure-of";
import type { ObjectStore } from "@/lib/oss/object-store";
import type { RdsAccount } from "@/lib/rds/rds-account";
import { type Findings, fact } from "./test-source";

/** Asks RDS, OSS and RAM one harmless question each. The first that refuses is the failure; what the others said stays. */
export async function testCloudAccount(account: {
  rds: RdsAccount;
  objects: ObjectStore;
  settings: Pick<CloudAccountSettings, "regionId" | "credential" | "expiresAt">;
  now: Date;
}): Promise<Findings> {
  const { regionId } = account.settings;
  const [instances, buckets, role] = await Promise.allSettled([
    account.rds.listInstances(),
    account.objects.listBuckets(),
    account.rds.checkImportRole(),
  ]);
  const facts = [fact("region", regionId, null), ...credentialFacts(account.settings, account.now)];
  if (instances.status === "fulfilled") {
    facts.push(fact("instances", String(instances.value.length), instances.value.length > 0 ? true : null));
  }
  if (buckets.status === "fulfilled") {
    // RDS reads only buckets of its own region.
    const near = buckets.value.filter((bucket) => bucket.regionId === regionId).length;
    facts.push(fact("buckets", String(near), near > 0 ? true : null));
  }
  if (role.status === "fulfilled") {
    const { state } = role.value;
    facts.push(fact("import_role", state, state === "unknown" ? null : state === "authorized"));
  }
  const refused = [instances, buckets, role].find((settled) => settled.status === "rejected");
  return { facts, failure: refused ? failureOf(refused.reason) : null };
}

/** Less than a migration's night: the token must be renewed meanwhile. */
const SOON_MS = 12 * 3_600_000;

/** What the account logs in with, where that is more than a plain AccessKey; a token with the time that is left. */
function credentialFacts(
  settings: Pick<CloudAccountSettings, "credential" | "expiresAt">,
  now: Date,
): Findings["facts"] {
  const kind = credentialOf(settings);
  if (kind === "access_key") return [];
  const facts = [fact("credential", kind, null)];
  if (kind !== "sts") return facts;
  if (!settings.expiresAt) return [...facts, fact("token_expires", "unknown", null)];
  const leftMs = Date.parse(settings.expiresAt) - now.getTime();
  return [...facts, fact("token_expires", settings.expiresAt, leftMs > SOON_MS)];
}
