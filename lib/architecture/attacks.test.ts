import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { findProjectRoot } from "@/lib/store/project-root";

const root = findProjectRoot();
const textOf = (file: string) => readFileSync(join(root, file), "utf8");

const rowsOf = (file: string) =>
  [...textOf(file).matchAll(/\| `([^`]+\.test\.tsx?)`: (.+) \|$/gm)].map(
    ([, test = "", title = ""]) => [test, title] as const,
  );
/** Tables of what is held by which test, with how many heads each has. */
const TABLES: [file: string, heads: number][] = [
  ["docs/attacks.md", 1],
  ["docs/proofs.md", 4],
];
const ROWS = TABLES.flatMap(([file]) => rowsOf(file));

test.each(TABLES)("every row of %s names a test", (file, heads) => {
  const rows = textOf(file)
    .split("\n")
    .filter((line) => line.startsWith("| "));
  expect(rowsOf(file)).toHaveLength(rows.length - heads);
  expect(rowsOf(file).length).toBeGreaterThan(30);
});

test.each(ROWS)("%s plays: %s", (file, title) => {
  const titles = [...textOf(file).matchAll(/(["`])((?:(?!\1)[^\\]|\\.)+)\1,\s*(?:async )?\(/g)].map(
    ([, , text = ""]) => text.replaceAll("\\", ""),
  );
  expect(titles.some((known) => known.includes(title))).toBe(true);
});

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({ integrity: z.string().optional(), link: z.boolean().optional() }),
  ),
});

test("the lock file has a hash of every package", () => {
  const { packages } = Lock.parse(JSON.parse(textOf("package-lock.json")));
  const without = Object.entries(packages).filter(
    ([place, { integrity, link }]) => place !== "" && !link && !integrity?.startsWith("sha512-"),
  );
  expect(without.map(([place]) => place)).toEqual([]);
});
