import type { ProbeId } from "@/lib/diagnosis/probe-ids";
import type { ProbeVerdict } from "@/lib/migration/vocabulary/probe-verdict";
import type { ProbeWorld } from "@/lib/preflight/world/probe-world";
import type { ImportRoleState } from "@/lib/rds/rds-account";
import { ROLE_LINK, USERS_LINK } from "./console-links";
import type { Probe } from "./probe";
import { rightsFinding } from "./rights-finding";

const VERDICTS = {
  authorized: "pass",
  missing: "block",
  other_trust: "warn",
  unknown: "unknown",
} as const satisfies Record<ImportRoleState, ProbeVerdict>;

/** What RDS needs to read the bucket, and what we need to ask RDS. */
export function roleProbes(world: ProbeWorld): Probe<ProbeId>[] {
  if (world.draft.cloudConnectionId === null) return [];
  return [
    {
      id: "role.import",
      asked: "GetRole, ListPoliciesForRole AliyunRDSImportRole",
      params: {},
      prevents: "EntityNotExist.Role: authorize RDS to read OSS first.",
      look: async () => {
        const { state, detail } = await (await world.rds()).checkImportRole();
        return { verdict: VERDICTS[state], params: { state }, answer: detail, link: ROLE_LINK };
      },
    },
    {
      id: "role.rights",
      asked: "each call that a migration makes and that changes nothing, once",
      params: {},
      prevents: "Forbidden.RAM: User not authorized to operate on the specified resource.",
      look: async () => ({ ...(await rightsFinding(world)), link: USERS_LINK }),
    },
  ];
}
