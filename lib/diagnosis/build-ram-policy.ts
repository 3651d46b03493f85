import { CLOUD_CALLS, type CloudResource } from "./cloud-calls";

export interface RamPolicyScope {
  /** Empty: any region. */
  regionId: string;
  /** Empty: any instance of the region. */
  instanceId: string;
  bucket: string;
}

export interface RamPolicy {
  Version: "1";
  Statement: { Effect: "Allow"; Action: string[]; Resource: string }[];
}

/**
 * A RAM policy for exactly the calls that are made, limited to an instance and a bucket where the service allows it.
 * Throws RangeError on a name that would widen it: no wildcard, colon or slash gets in.
 * https://www.alibabacloud.com/help/en/ram/policy-structure-and-syntax
 */
export function buildRamPolicy(scope: RamPolicyScope): RamPolicy {
  const region = part(scope.regionId) || "*";
  const instance = part(scope.instanceId) || "*";
  const bucket = part(scope.bucket) || "YOUR-BUCKET";
  const resources: Record<CloudResource, string> = {
    everything: "*",
    instances: `acs:rds:${region}:*:dbinstance/*`,
    instance: `acs:rds:${region}:*:dbinstance/${instance}`,
    bucket: `acs:oss:*:*:${bucket}`,
    object: `acs:oss:*:*:${bucket}/*`,
    import_role: "acs:ram:*:*:role/AliyunRDSImportRole",
  };
  const byResource = new Map<string, Set<string>>();
  for (const { actions, resource } of CLOUD_CALLS) {
    const known = byResource.get(resources[resource]) ?? new Set<string>();
    for (const action of actions) known.add(action);
    byResource.set(resources[resource], known);
  }
  return {
    Version: "1",
    Statement: [...byResource].map(([Resource, actions]) => ({
      Effect: "Allow",
      Action: [...actions].sort(),
      Resource,
    })),
  };
}

function part(text: string): string {
  const clean = text.trim();
  if (!/^[A-Za-z0-9-]*$/.test(clean))
    throw new RangeError(`Not a name for a policy: ${JSON.stringify(clean)}`);
  return clean;
}
