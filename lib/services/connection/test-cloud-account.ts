import { failureOf } from "@/lib/diagnosis/failure-of";
import type { ObjectStore } from "@/lib/oss/object-store";
import type { RdsAccount } from "@/lib/rds/rds-account";
import { type Findings, fact } from "./test-source";

/** Asks RDS, OSS and RAM one harmless question each. The first that refuses is the failure; what the others said stays. */
export async function testCloudAccount(account: {
  rds: RdsAccount;
  objects: ObjectStore;
  regionId: string;
}): Promise<Findings> {
  const [instances, buckets, role] = await Promise.allSettled([
    account.rds.listInstances(),
    account.objects.listBuckets(),
    account.rds.checkImportRole(),
  ]);
  const facts = [fact("region", account.regionId, null)];
  if (instances.status === "fulfilled") {
    facts.push(fact("instances", String(instances.value.length), instances.value.length > 0 ? true : null));
  }
  if (buckets.status === "fulfilled") {
    // RDS reads only buckets of its own region.
    const near = buckets.value.filter((bucket) => bucket.regionId === account.regionId).length;
    facts.push(fact("buckets", String(near), near > 0 ? true : null));
  }
  if (role.status === "fulfilled") {
    const { state } = role.value;
    facts.push(fact("import_role", state, state === "unknown" ? null : state === "authorized"));
  }
  const refused = [instances, buckets, role].find((settled) => settled.status === "rejected");
  return { facts, failure: refused ? failureOf(refused.reason) : null };
}
