import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { buildRamPolicy } from "@/lib/diagnosis/build-ram-policy";
import { CLOUD_CALLS, type CloudCall } from "@/lib/diagnosis/cloud-calls";

function sources(room: string): string {
  const folder = path.join(process.cwd(), "lib", room);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".ts") && !/\.test\.ts$|-fixture\.ts$/.test(file))
    .map((file) => readFileSync(path.join(folder, file), "utf8"))
    .join("\n");
}

const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match.slice(1));
const unique = (names: readonly string[]) => [...new Set(names)].sort();
const listed = (services: readonly CloudCall["service"][]) =>
  unique(CLOUD_CALLS.filter(({ service }) => services.includes(service)).map(({ call }) => call));

describe("the table of calls is the calls that are made", () => {
  test("RDS, RAM and STS", () => {
    const text = sources("rds");
    const calls = all(text, /\b(?:reads|writes|ram)\s*\.([a-z]\w+)\(/g).map(([call = ""]) => call);
    const actions = all(text, /action: "(\w+)"/g).map(([action = ""]) => action);
    expect(unique([...calls, ...actions])).toEqual(listed(["rds", "ram", "sts"]));
  });

  test("OSS", () => {
    const text = sources("oss");
    const calls = all(text, /\bclient\s*\.([a-z]\w+)\(/g).map(([call = ""]) => call);
    const requests = all(text, /method: "(GET|PUT|POST|DELETE)"[^}]*?subres: "(\w+)"/g).map(
      ([method, subresource]) => `request ${method} ${subresource}`,
    );
    expect(unique([...calls.filter((call) => call !== "request"), ...requests])).toEqual(listed(["oss"]));
  });

  test("the action is the call's name where the service is RDS", () => {
    for (const { service, call, actions } of CLOUD_CALLS) {
      if (service === "rds") expect(actions).toEqual([`rds:${call.charAt(0).toUpperCase()}${call.slice(1)}`]);
    }
  });
});

describe("the policy", () => {
  const scope = { regionId: "cn-hangzhou", instanceId: "rm-1", bucket: "backups" };
  const { Statement } = buildRamPolicy(scope);

  test("allows the table's actions and nothing else, without a wildcard in an action", () => {
    const allowed = unique(Statement.flatMap(({ Action }) => Action));
    expect(allowed).toEqual(unique(CLOUD_CALLS.flatMap(({ actions }) => actions)));
    expect(allowed.join()).not.toContain("*");
  });

  test("reaches one instance, one bucket and one role", () => {
    const resourceOf = (action: string) =>
      Statement.filter(({ Action }) => Action.includes(action)).map(({ Resource }) => Resource);
    expect(resourceOf("rds:CreateMigrateTask")).toEqual(["acs:rds:cn-hangzhou:*:dbinstance/rm-1"]);
    expect(resourceOf("rds:DescribeDBInstances")).toEqual(["acs:rds:cn-hangzhou:*:dbinstance/*"]);
    expect(resourceOf("oss:PutObject")).toEqual(["acs:oss:*:*:backups/*"]);
    expect(resourceOf("oss:ListObjects")).toEqual(["acs:oss:*:*:backups"]);
    expect(resourceOf("ram:GetRole")).toEqual(["acs:ram:*:*:role/AliyunRDSImportRole"]);
    const everywhere = Statement.filter(({ Resource }) => Resource === "*").flatMap(({ Action }) => Action);
    expect(everywhere.sort()).toEqual(["oss:ListBuckets", "sts:GetCallerIdentity"]);
  });

  test.each(["*", "a/*", "b:*", "x y", '"'])("%j does not widen it", (bucket) => {
    expect(() => buildRamPolicy({ ...scope, bucket })).toThrow(RangeError);
  });
});
