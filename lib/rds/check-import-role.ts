import { z } from "zod";
import { isExternalError } from "@/lib/diagnosis/external-error";
import type { RdsAccount } from "./rds-account";

/** RDS downloads backup files from OSS in this role of the main account. */
const ROLE = "AliyunRDSImportRole";
const POLICY = "AliyunRDSImportRolePolicy";
const SERVICE = "rds.aliyuncs.com";

export interface RoleQueries {
  /** The role's trust policy, a JSON text. Throws ExternalError. */
  getTrustPolicy(role: string): Promise<string>;
  listPolicies(role: string): Promise<{ name: string; type: string }[]>;
}

type Answer = Awaited<ReturnType<RdsAccount["checkImportRole"]>>;

/**
 * Whether RDS may read OSS: the role exists, its system policy is attached, RDS may assume it. A refusal to look is
 * `unknown`, not `missing`; another trust than the expected one is told with what was seen. Throws ExternalError when RAM cannot be asked at all.
 * https://www.alibabacloud.com/help/en/ram/developer-reference/api-ram-2015-05-01-getrole
 */
export async function checkImportRole(queries: RoleQueries): Promise<Answer> {
  try {
    const trust = await queries.getTrustPolicy(ROLE);
    const policies = await queries.listPolicies(ROLE);
    if (!policies.some((policy) => policy.name === POLICY && policy.type === "System")) {
      return missing(`${ROLE} has no system policy ${POLICY}.`);
    }
    const trusted = servicesTrusted(trust);
    if (!trusted.includes(SERVICE)) {
      // Which service the role is for is documented by an example only: what is seen is told, and the import decides.
      const seen = trusted.length > 0 ? trusted.join(", ") : trust.slice(0, 200);
      return { state: "other_trust", detail: `${ROLE} with ${POLICY} trusts ${seen}, not ${SERVICE}.` };
    }
    return { state: "authorized", detail: `${ROLE} with ${POLICY}, trusted to ${SERVICE}.` };
  } catch (error) {
    if (!isExternalError(error)) throw error;
    const { kind, providerCode, providerMessage } = error.fields;
    if (providerCode === "EntityNotExist.Role") return missing(`There is no ${ROLE}.`);
    if (kind === "forbidden") return { state: "unknown", detail: `${providerCode}: ${providerMessage}` };
    throw error;
  }
}

function missing(detail: string): Answer {
  return { state: "missing", detail };
}

/** A trust policy: each of the two may be one or a list of them. */
const Service = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const Statement = z.object({ Principal: z.object({ Service }) });
const TrustPolicy = z.object({
  Statement: z.union([Statement.transform((one) => [one]), z.array(Statement.nullable().catch(null))]),
});

function servicesTrusted(policy: string): string[] {
  let document: unknown;
  try {
    document = JSON.parse(policy);
  } catch {
    return [];
  }
  const parsed = TrustPolicy.safeParse(document);
  return parsed.success
    ? parsed.data.Statement.flatMap((statement) => statement?.Principal.Service ?? [])
    : [];
}
