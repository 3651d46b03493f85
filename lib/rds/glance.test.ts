import { expect, test } from "vitest";
import { ExternalError, type ExternalErrorKind } from "@/lib/diagnosis/external-error";
import { glanceAtDatabases, glanceAtTask } from "./glance";
import type { RdsTask } from "./rds-account";

function task(taskId: string): RdsTask {
  return {
    taskId,
    databaseName: "Shop",
    method: "access_pending",
    status: "running",
    providerStatus: "Running",
    createdAt: null,
    endedAt: null,
    databaseReplaced: false,
    description: "",
  };
}

function refused(kind: ExternalErrorKind): ExternalError {
  return new ExternalError({
    system: "rds",
    kind,
    mayHaveHappened: false,
    providerCode: null,
    providerMessage: "",
    providerRequestId: null,
  });
}

function account(answer: () => Promise<RdsTask[]>) {
  const asked: string[] = [];
  return {
    asked,
    listTasks: ({ instanceId }: { instanceId: string }) => {
      asked.push(instanceId);
      return answer();
    },
    listDatabases: async (instanceId: string) => {
      asked.push(`databases of ${instanceId}`);
      return [{ name: "Shop", status: "Running", collation: null }];
    },
  };
}

test("fifty tasks of an instance are one question as long as its answer may count, each instance by itself", async () => {
  const all = Array.from({ length: 50 }, (_, n) => task(String(n)));
  const rds = account(async () => all);
  const look = (instanceId: string, nowMs: number) =>
    Promise.all(
      all.map(({ taskId }) =>
        glanceAtTask(rds, { instanceId, taskId, nowMs: nowMs + Number(taskId), oldMs: 2_000 }),
      ),
    );
  expect(await look("rm-1", 10_000)).toEqual(all);
  await look("rm-2", 10_000);
  await look("rm-1", 11_900);
  expect(rds.asked).toEqual(["rm-1", "rm-2"]);
  await look("rm-1", 12_000);
  expect(rds.asked).toEqual(["rm-1", "rm-2", "rm-1"]);
  // A clock that was set back.
  await look("rm-1", 5_000);
  expect(rds.asked).toHaveLength(4);
});

test("what the list does not have is not looked for in it again for a while", async () => {
  const rds = account(async () => [task("1")]);
  const at = (taskId: string, nowMs: number) =>
    glanceAtTask(rds, { instanceId: "rm-1", taskId, nowMs, oldMs: 0 });
  expect(await at("old", 0)).toBeNull();
  expect(await at("1", 60_000)).toBeNull();
  expect(rds.asked).toHaveLength(1);
  expect(await at("1", 700_000)).toMatchObject({ taskId: "1" });
});

test.each([
  ["forbidden", null],
  ["invalid", null],
  ["throttled", "throws"],
  ["unavailable", "throws"],
] as const)("a list that is refused (%s): %s", async (kind, outcome) => {
  const rds = account(() => Promise.reject(refused(kind)));
  const asked = glanceAtTask(rds, { instanceId: "rm-1", taskId: "1", nowMs: 0, oldMs: 1_000 });
  if (outcome === null) expect(await asked).toBeNull();
  else await expect(asked).rejects.toMatchObject({ fields: { kind } });
});

test("databases of an instance are one question as well", async () => {
  const rds = account(async () => []);
  for (const nowMs of [0, 500, 999])
    await glanceAtDatabases(rds, { instanceId: "rm-1", nowMs, oldMs: 1_000 });
  expect(rds.asked).toEqual(["databases of rm-1"]);
});
