import { expect, test } from "vitest";
import { initialRecords, makeRoom, SANDBOX_INSTANCE_ID, sandboxInstanceIds } from "./initial-records";

test("many databases find an instance for each hundred, which is used as the first is", () => {
  expect(sandboxInstanceIds(99)).toEqual([SANDBOX_INSTANCE_ID]);
  const more = sandboxInstanceIds(200);
  expect(more).toEqual([SANDBOX_INSTANCE_ID, `${SANDBOX_INSTANCE_ID}2`, `${SANDBOX_INSTANCE_ID}3`]);
  const records = initialRecords("cn-hangzhou", Date.UTC(2026, 4, 4));
  makeRoom(records, 200);
  for (const id of more) {
    expect(records.instances.find(({ instanceId }) => instanceId === id)).toMatchObject({
      status: "Running",
      maxDatabases: 250,
    });
    expect(records.accounts.some(({ instanceId }) => instanceId === id)).toBe(true);
  }
});
