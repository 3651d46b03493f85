import { describe, expect, test } from "vitest";
import { blankComments } from "@/lib/architecture/read-imports";
import { isTest, readSources } from "@/lib/architecture/read-sources";
import { EVENTS, type EventKind } from "@/lib/migration/vocabulary/events";
import { findProjectRoot } from "@/lib/store/project-root";

const sources = readSources(findProjectRoot(), ["lib", "components"])
  .filter(({ path }) => /\.tsx?$/.test(path) && !isTest(path))
  .map(({ path, text }) => ({ path, text: blankComments(text) }));

const isTable = (path: string) =>
  path.startsWith("lib/migration/vocabulary/") || path === "lib/chain/problem-kind.ts";

/** Name and own words of every table; what it spreads stands in another. */
const tables: [string, string[]][] = sources
  .filter(({ path }) => isTable(path))
  .flatMap(({ text }) =>
    [...text.matchAll(/export const ([A-Z_]+) = \[([^\]]*)\] as const/g)].map(
      ([, name = "", list = ""]): [string, string[]] => [
        name,
        [...list.matchAll(/"([^"]+)"/g)].map(([, word = ""]) => word),
      ],
    ),
  );

/** Whose words people choose, or that are asked one after the other: a file that goes through the whole table. */
const GONE_THROUGH: Record<string, string> = {
  AFTERCARE_STEPS: "lib/services/aftercare/step-views.ts",
  ALLOWED_ACTIONS: "lib/plan/allowed-actions.ts",
  DEADLINE_AFTERS: "components/migration/cutover/deadline-field.tsx",
  SCHEDULE_MODES: "components/schedule/schedule-fields.tsx",
  TRANSPORTS: "components/wizard/backup/backup-fields.tsx",
};

/** What a step's result tells by itself is said by nobody else. */
const appended = Object.entries<EventKind>(EVENTS).flatMap(([type, { resultOf }]) =>
  resultOf ? [] : [type],
);

/** Only these say a word of their own: contracts, texts and components say it again. */
const producers = sources
  .filter(({ path }) => path.startsWith("lib/") && !/^lib\/(?:contracts|i18n|architecture)\//.test(path))
  .filter(({ path }) => !isTable(path))
  .map(({ text }) => text);

/** Whether a text says the word other than to compare with it or to name a type. */
function says(text: string, word: string): boolean {
  return [...text.matchAll(new RegExp(`"${word}"`, "g"))].some(({ index }) => {
    const before = text.slice(Math.max(0, index - 40), index);
    const after = text.slice(index + word.length + 2, index + 200);
    return (
      !/(?:[!=]==|\bcase|\|)\s*$/.test(before) &&
      !/^(?:\s*[!=]==|\s*\|[^|]|[^[\]]*\]\)?\.includes\()/.test(after)
    );
  });
}

describe("every word of the domain is said somewhere", () => {
  test.each([...tables, ["EVENTS", appended] as const])("%s", (name, words) => {
    const file = GONE_THROUGH[name];
    const everyWord = new RegExp(`\\b${name}(?:\\}|\\.map\\()`);
    if (file !== undefined) {
      expect(sources.find(({ path }) => path === file)?.text).toMatch(everyWord);
      return;
    }
    expect(words.filter((word) => !producers.some((text) => says(text, word)))).toEqual([]);
  });

  test("the tables are found", () => {
    expect(tables.length).toBeGreaterThan(20);
    expect(Object.keys(GONE_THROUGH).filter((name) => !tables.some(([table]) => table === name))).toEqual([]);
  });

  test.each([
    ['state: "planned"', true],
    ['status === "planned"', false],
    ['case "planned":', false],
    ['"planned" !== state', false],
    ['["written", "planned"].includes(state)', false],
    ['["planned", "written"].includes(state)', false],
    ['type State = "planned" | "written";', false],
    ['return done ? "written" : "planned";', true],
  ])("%s: %s", (text, said) => {
    expect(says(text, "planned")).toBe(said);
  });
});
