import { type RdsCall, type RdsContext, requireParameter } from "./rds-context";
import { RdsError } from "./rds-error";

const ROLE_NAME = "AliyunRDSImportRole";

function assertRole(context: RdsContext, call: RdsCall): void {
  if (requireParameter(call, "RoleName") !== ROLE_NAME || !context.records.importRolePresent) {
    throw new RdsError("EntityNotExist.Role", { status: 404, message: "The role not exists." });
  }
}

/** RAM GetRole: the role that lets RDS read the account's OSS objects. */
export function getRole(context: RdsContext, call: RdsCall): object {
  assertRole(context, call);
  const document = {
    Statement: [{ Action: "sts:AssumeRole", Effect: "Allow", Principal: { Service: ["rds.aliyuncs.com"] } }],
    Version: "1",
  };
  return {
    Role: {
      RoleId: "300000000000000001",
      RoleName: ROLE_NAME,
      Arn: `acs:ram::${context.accountId}:role/${ROLE_NAME.toLowerCase()}`,
      Description: "Lets RDS read backup files from OSS.",
      AssumeRolePolicyDocument: JSON.stringify(document),
      MaxSessionDuration: 3600,
      CreateDate: "2020-01-01T00:00:00Z",
      UpdateDate: "2020-01-01T00:00:00Z",
    },
  };
}

/** RAM ListPoliciesForRole. */
export function listPoliciesForRole(context: RdsContext, call: RdsCall): object {
  assertRole(context, call);
  const policy = {
    PolicyName: "AliyunRDSImportRolePolicy",
    PolicyType: "System",
    Description: "oss:GetObject and oss:GetBucketLocation",
    DefaultVersion: "v1",
    AttachDate: "2020-01-01T00:00:00Z",
  };
  return { Policies: { Policy: [policy] } };
}

/** STS GetCallerIdentity. */
export function getCallerIdentity(context: RdsContext): object {
  return {
    AccountId: context.accountId,
    UserId: "200000000000000001",
    PrincipalId: "200000000000000001",
    IdentityType: "RAMUser",
    Arn: `acs:ram::${context.accountId}:user/chainferry`,
  };
}
