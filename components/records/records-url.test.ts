import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RecordTaskView } from "@/lib/contracts/record";
import {
  filterOf,
  isNarrowed,
  lastDays,
  narrowTasks,
  parseRecordsUrl,
  type RecordsUrl,
  recordsHref,
} from "./records-url";

const plain: RecordsUrl = {
  connectionId: null,
  instanceId: null,
  from: null,
  to: null,
  q: "",
  status: [],
  task: null,
};
const read = (href: string) => parseRecordsUrl(new URL(href, "http://x").searchParams);

describe("address", () => {
  test("round-trips whatever is chosen", () => {
    const day = fc.date({ min: new Date("2020-01-01"), max: new Date("2035-12-31"), noInvalidDate: true });
    const id = fc.option(fc.string({ minLength: 1, maxLength: 64 }));
    const url = fc.record({
      connectionId: id,
      instanceId: id,
      from: fc.option(day.map((date) => date.toISOString().slice(0, 10))),
      to: fc.option(day.map((date) => date.toISOString().slice(0, 10))),
      q: fc.string({ maxLength: 128 }),
      status: fc.subarray(["failed", "running", "waiting_for_backup"] as const).map((list) => [...list]),
      task: id,
    });
    fc.assert(
      fc.property(url, (given) => {
        expect(read(recordsHref(given))).toEqual(given);
      }),
    );
  });

  test("what cannot be read falls back alone", () => {
    expect(read("/records?from=2026-13-40&to=2026-05-17&status=done&instanceId=rm-1")).toEqual({
      ...plain,
      to: "2026-05-17",
      instanceId: "rm-1",
    });
  });
});

describe("filterOf", () => {
  const now = new Date("2026-05-17T03:27:58Z");
  const chosen = { connectionId: "c", instanceId: "rm-1" };

  test("asks for the last week by default", () => {
    expect(filterOf(plain, chosen, now)).toEqual({ ...chosen, from: "2026-05-11", to: "2026-05-17" });
  });

  test("turns a range that runs backwards", () => {
    expect(filterOf({ ...plain, from: "2026-05-10", to: "2026-05-01" }, chosen, now)).toMatchObject({
      from: "2026-05-01",
      to: "2026-05-10",
    });
  });

  test("one end before the default week keeps the range in order", () => {
    expect(filterOf({ ...plain, to: "2026-04-01" }, chosen, now)).toMatchObject({
      from: "2026-04-01",
      to: "2026-04-01",
    });
  });
});

test("lastDays counts today", () => {
  expect(lastDays(1, new Date("2026-05-17T23:59:59Z"))).toEqual({ from: "2026-05-17", to: "2026-05-17" });
});

test("narrowTasks matches part of the name in any case, and the chosen statuses", () => {
  const task = (databaseName: string, status: RecordTaskView["status"]): RecordTaskView => ({
    rdsTaskId: databaseName,
    databaseName,
    method: "access_pending",
    status,
    providerStatus: "",
    startedAt: null,
    endedAt: null,
    replaced: false,
    description: "",
    diagnosis: null,
    migrationId: null,
    sourceClosedSince: null,
    listedByRds: true,
  });
  const tasks = [task("SalesDB", "failed"), task("Stock", "succeeded")];
  const names = (url: RecordsUrl) => narrowTasks(tasks, url).map((t) => t.databaseName);
  expect(names({ ...plain, q: "sales" })).toEqual(["SalesDB"]);
  expect(names({ ...plain, status: ["succeeded"] })).toEqual(["Stock"]);
  expect(names(plain)).toHaveLength(2);
  expect(isNarrowed(plain)).toBe(false);
  expect(isNarrowed({ ...plain, q: "x" })).toBe(true);
});
