import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { findProjectRoot } from "@/lib/store/project-root";

const root = findProjectRoot();
const textOf = (file: string) => readFileSync(join(root, file), "utf8");

const ROWS = [...textOf("docs/attacks.md").matchAll(/\| `([^`]+\.test\.ts)`: (.+) \|$/gm)].map(
  ([, file = "", title = ""]) => [file, title] as const,
);

test("every row of the table names a test", () => {
  const rows = textOf("docs/attacks.md")
    .split("\n")
    .filter((line) => line.startsWith("| "));
  // Its head is one, too.
  expect(ROWS).toHaveLength(rows.length - 1);
  expect(ROWS.length).toBeGreaterThan(30);
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
