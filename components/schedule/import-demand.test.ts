import { expect, test } from "vitest";
import { importDemand } from "./import-demand";

const every = (minutes: number) => importDemand({ mode: "every", minutes, backup: "log" });

test("a round every quarter of an hour overruns the day's 20", () => {
  expect(every(15)).toEqual({ perDay: 96, fits: false, shortestMinutes: 80 });
});

test("the shortest interval leaves two for the cutover", () => {
  const { shortestMinutes } = every(15);
  expect(every(shortestMinutes ?? 0).fits).toBe(true);
  expect(every((shortestMinutes ?? 0) - 1).fits).toBe(false);
});

test("rounds by hand and rounds that end have no daily number", () => {
  expect(importDemand({ mode: "manual" }).perDay).toBeNull();
  expect(importDemand({ mode: "back_to_back", untilBytes: 1, backup: "log" }).perDay).toBeNull();
});
