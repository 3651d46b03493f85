import { expect, test } from "vitest";
import { ExternalError, type ExternalErrorKind } from "@/lib/diagnosis/external-error";
import { checkImportRole, type RoleQueries } from "./check-import-role";

const trust = (service: unknown) =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Principal: { Service: service } }], Version: "1" });

function failure(kind: ExternalErrorKind, code: string): ExternalError {
  return new ExternalError({
    system: "rds",
    kind,
    providerCode: code,
    providerMessage: "text",
    providerRequestId: "R",
    mayHaveHappened: false,
  });
}

const sound: RoleQueries = {
  getTrustPolicy: async () => trust(["rds.aliyuncs.com"]),
  listPolicies: async () => [{ name: "AliyunRDSImportRolePolicy", type: "System" }],
};

test("authorized with trust and policy, one service or a list", async () => {
  expect(await checkImportRole(sound)).toMatchObject({ state: "authorized" });
  const single = { ...sound, getTrustPolicy: async () => trust("rds.aliyuncs.com") };
  expect(await checkImportRole(single)).toMatchObject({ state: "authorized" });
});

test.each([
  ["without its policy", { listPolicies: async () => [] }],
  [
    "with a custom policy of that name",
    { listPolicies: async () => [{ name: "AliyunRDSImportRolePolicy", type: "Custom" }] },
  ],
  ["absent", { getTrustPolicy: () => Promise.reject(failure("forbidden", "EntityNotExist.Role")) }],
])("missing when the role is %s", async (_, broken) => {
  expect(await checkImportRole({ ...sound, ...broken })).toMatchObject({ state: "missing" });
});

test.each([
  [
    "somebody else",
    trust(["ecs.aliyuncs.com", "hbr.aliyuncs.com"]),
    "trusts ecs.aliyuncs.com, hbr.aliyuncs.com, not rds.aliyuncs.com",
  ],
  ["what cannot be read", "<xml>", "trusts <xml>, not rds.aliyuncs.com"],
])("a role that trusts %s is no missing one: what was seen is told", async (_, policy, told) => {
  const other = { ...sound, getTrustPolicy: async () => policy };
  expect(await checkImportRole(other)).toMatchObject({
    state: "other_trust",
    detail: expect.stringContaining(told),
  });
  const bare = { ...other, listPolicies: async () => [] };
  expect(await checkImportRole(bare)).toMatchObject({ state: "missing" });
});

test("not allowed to look is unknown, not missing", async () => {
  const refused = { ...sound, getTrustPolicy: () => Promise.reject(failure("forbidden", "NoPermission")) };
  expect(await checkImportRole(refused)).toMatchObject({ state: "unknown", detail: "NoPermission: text" });
});

test("an unreachable RAM stays an error", async () => {
  const broken = { ...sound, getTrustPolicy: () => Promise.reject(failure("unavailable", "ECONNREFUSED")) };
  await expect(checkImportRole(broken)).rejects.toMatchObject({ fields: { providerCode: "ECONNREFUSED" } });
});
