import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { createTranslator } from "./translator";

const LIB = fileURLToPath(new URL("..", import.meta.url));
/** Rooms whose failures no page ever shows. */
const ELSEWHERE = new Set(["architecture", "i18n", "sandbox"]);

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return folder === LIB && ELSEWHERE.has(entry.name) ? [] : sources(path);
    return entry.name.endsWith(".ts") && !entry.name.includes(".test.") ? [path] : [];
  });
}

const files = sources(LIB.replace(/\/$/, "")).map((path) => ({ path, text: readFileSync(path, "utf8") }));
const found = (pattern: RegExp) =>
  files.flatMap(({ path, text }) =>
    [...text.matchAll(pattern)].map((match) => ({ path: path.slice(LIB.length), reason: match[1] ?? "" })),
  );

/** Where a rule of ours is broken: the reason is the second argument of an AppError and the first of a rule's failure. */
const RULES = [
  ...found(/(?:new AppError|\bstoreError)\(\s*"\w+",\s*"(\w+)"/g),
  ...found(/\bruleFailure\(\s*"(\w+)"/g),
];
/** Reasons written into failures, problems and events as they are. */
const WRITTEN = found(/\breason: "(\w+)"/g);

describe.each(["en", "zh-CN"] as const)("%s", (locale) => {
  const { has } = createTranslator(locale);

  test("says what happened and what to do for every reason that the source throws", () => {
    const keys = RULES.flatMap(({ reason }) => [`error.${reason}`, `error.${reason}.do`]);
    expect([...new Set(keys)].filter((key) => !has(key))).toEqual([]);
  });

  test("has a text for every reason that the source writes", () => {
    const reasons = [...new Set(WRITTEN.map(({ reason }) => reason))];
    expect(reasons.filter((reason) => !has(`error.${reason}`))).toEqual([]);
  });
});

test("no reason hides from the scan behind a name", () => {
  const calls = found(
    /((?:new AppError|\bstoreError|\bruleFailure)\()(?!\s*code: AppErrorCode|\s*reason: string)/g,
  );
  // The second passes on what a dashboard has thrown.
  const hidden = calls.filter(({ path }) => !["store/store-error.ts", "cli/ask-dashboard.ts"].includes(path));
  expect(hidden.length).toBe(RULES.length);
  expect(RULES.length).toBeGreaterThan(50);
});
