import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { runConfigCommand } from "./config-command";

let out: string[];
let err: string[];
beforeEach(() => {
  out = [];
  err = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => out.push(String(text)) > 0);
  vi.spyOn(process.stderr, "write").mockImplementation((text) => err.push(String(text)) > 0);
});
afterEach(() => vi.restoreAllMocks());

test("every variable, what counts and where it comes from", () => {
  expect(runConfigCommand({ CHAINFERRY_POLL_MS: "500" }, { json: true })).toBe(0);
  const variables = JSON.parse(out.join(""));
  expect(variables).toContainEqual(
    expect.objectContaining({ name: "CHAINFERRY_POLL_MS", value: 500, from: "environment" }),
  );
  expect(variables).toContainEqual(
    expect.objectContaining({ name: "CHAINFERRY_DATA", value: ".data", from: "default" }),
  );
  expect(variables).toContainEqual(expect.objectContaining({ name: "DATABASE_URL", value: null }));
  for (const { about } of variables) expect(about).not.toBe("");
});

test.each([
  "postgresql://user:hunter2@db:5432/x",
  "postgresql://db/x?user=u&password=hunter2",
  "postgresql://user:hunter2@[bad",
])("a password is never printed: %s", (url) => {
  for (const json of [true, false]) expect(runConfigCommand({ DATABASE_URL: url }, { json })).toBe(0);
  expect(out.join("")).not.toContain("hunter2");
  expect(out.join("")).toContain("***");
});

test("what can't be used is named, and nothing is printed on stdout", () => {
  expect(runConfigCommand({ CHAINFERRY_POLL_MS: "soon", CHAINFERRY_LOG: "loud" }, { json: true })).toBe(1);
  expect(out).toEqual([]);
  expect(err.join("")).toContain("CHAINFERRY_POLL_MS");
  expect(err.join("")).toContain("CHAINFERRY_LOG");
});

test.each([
  ["HTTPS_PROXY", "http://user:hunter2@proxy:3128", "http://user:***@proxy:3128/"],
  ["https_proxy", "user:hunter2@proxy:3128", "***@proxy:3128"],
])("%s counts, without its password", (name, value, shown) => {
  expect(runConfigCommand({ [name]: value }, { json: true })).toBe(0);
  expect(JSON.parse(out.join(""))).toContainEqual(
    expect.objectContaining({ name: "HTTPS_PROXY", value: shown, from: "environment" }),
  );
});
