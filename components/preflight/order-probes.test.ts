import { expect, test } from "vitest";
import type { ProbeView } from "@/lib/contracts/migration";
import { countOpen, countProbes, isStale, orderProbes } from "./order-probes";

const probe = (id: string, verdict: ProbeView["verdict"], accepted = false): ProbeView => ({
  id,
  group: "source",
  verdict,
  params: {},
  asked: "",
  answer: "",
  at: "2026-05-04T10:00:00.000Z",
  failure: null,
  gist: "",
  cheap: false,
  freshMinutes: 10,
  prevents: null,
  script: null,
  link: null,
  accepted: accepted ? { reason: "r", by: "b", at: "2026-05-04T10:00:00.000Z" } : null,
});

const LIST = [
  probe("a", "pass"),
  probe("b", "warn", true),
  probe("c", "unknown"),
  probe("d", "warn"),
  probe("e", "block"),
  probe("f", "block"),
];

test("what is to be done comes first, what was accepted after what nobody knows", () => {
  expect(orderProbes(LIST).map(({ id }) => id)).toEqual(["e", "f", "d", "c", "b", "a"]);
});

test("counts by verdict; accepted warnings are not open", () => {
  expect(countProbes(LIST)).toEqual({ blocked: 2, warned: 2, unknown: 1, passed: 1 });
  expect(countOpen(LIST)).toBe(3);
});

test("an answer gets old after its own time", () => {
  const one = probe("a", "pass");
  expect(isStale(one, Date.parse(one.at) + 10 * 60_000)).toBe(false);
  expect(isStale(one, Date.parse(one.at) + 10 * 60_000 + 1)).toBe(true);
});
