import { describe, expect, test } from "vitest";
import { findCircles } from "@/lib/architecture/find-circles";
import { findViolations } from "@/lib/architecture/find-violations";
import { FREE_ROOMS, IMPORT_TABLE, RECURSIVE_FOLDERS } from "@/lib/architecture/import-table";
import { printImportTable } from "@/lib/architecture/print-import-table";
import { readSources } from "@/lib/architecture/read-sources";
import { findProjectRoot } from "@/lib/store/project-root";

const root = findProjectRoot();
const sources = readSources(root, ["lib", "sandbox", "bench", "app", "components", "e2e"]);

test("nobody imports what the table forbids", () => {
  expect(findViolations(sources)).toEqual([]);
});

describe("circles", () => {
  test("no two folders import one another, by whatever way", () => {
    expect(findCircles(sources)).toEqual([]);
  });

  test("nor do two files, but where a grammar is recursive", () => {
    const judged = sources.filter(({ path }) => !RECURSIVE_FOLDERS.some((folder) => path.startsWith(folder)));
    expect(findCircles(judged, (file) => file)).toEqual([]);
  });

  const x = (path: string, ...imports: string[]) => ({
    path,
    text: imports.map((specifier) => `import type { X } from "${specifier}";\n`).join(""),
  });

  test("are found between folders that lie beside, below and above one another, with the way as message", () => {
    const way =
      "lib/a -> lib/a/b (lib/a/x.ts:2 imports ./b/y) -> lib/c (lib/a/b/y.ts:1 imports @/lib/c/z) -> lib/a (lib/c/z.ts:1 imports ../a/w)";
    const round = [
      x("lib/a/x.ts", "./w", "./b/y"),
      x("lib/a/w.ts"),
      x("lib/a/b/y.ts", "@/lib/c/z"),
      x("lib/c/z.ts", "../a/w"),
    ];
    expect(findCircles(round)).toEqual([way]);
  });

  test("are not made by files of one folder, by packages, or by what tests import", () => {
    const straight = [
      x("lib/a/x.ts", "./w", "vitest", "@/lib/b/y"),
      x("lib/a/w.ts", "./x"),
      x("lib/b/y.ts"),
      x("lib/b/y.test.ts", "@/lib/a/x"),
      x("lib/b/y-fixture.ts", "@/lib/a/x"),
    ];
    expect(findCircles(straight)).toEqual([]);
  });
});

describe("the table itself", () => {
  test("stands in the documents as it is", async () => {
    await expect(printImportTable()).toMatchFileSnapshot(`${root}/docs/import-table.md`);
  });

  const rooms = Object.entries(IMPORT_TABLE);

  test("names only rooms that it has rules for", () => {
    const named = rooms.flatMap(([, rule]) => [...rule.rooms, ...(rule.types ?? [])]);
    expect(named.filter((room) => !(room in IMPORT_TABLE) && !FREE_ROOMS.includes(room))).toEqual([]);
  });

  test("has no circle of rooms whose code runs", () => {
    const finished = new Set<string>();
    const visit = (room: string, way: readonly string[]): void => {
      expect(way, "a circle").not.toContain(room);
      if (finished.has(room)) return;
      for (const next of IMPORT_TABLE[room]?.rooms ?? []) visit(next, [...way, room]);
      finished.add(room);
    };
    for (const [room] of rooms) visit(room, []);
  });
});

describe("a forbidden import is found", () => {
  const find = (path: string, text: string, ...others: { path: string; text: string }[]) =>
    findViolations([{ path, text }, ...others]);

  test.each([
    ["lib/backup/x.ts", `import { readFile } from "node:fs/promises";`, "backup is pure"],
    ["lib/chain/x.ts", `import { z } from "zod";`, "chain is pure"],
    ["lib/chain/x.ts", `import { planNext } from "@/lib/migration/plan-next";`, "chain is pure"],
    ["lib/chain/x.ts", `export * from "../migration/plan-next";`, "chain is pure"],
    ["lib/oss/x.ts", `import type { RdsAccount } from "@/lib/rds/rds-account";`, "its own SDK"],
    ["lib/oss/x.ts", `import mssql from "mssql";`, "its own SDK"],
    ["lib/services/x.ts", `import {\n  cookies,\n} from "next/headers";`, "no framework"],
    ["lib/services/x.ts", `const next = await import("next/server");`, "no framework"],
    ["lib/services/x.ts", `import { startSandbox } from "@/sandbox/sandbox";`, "imports the sandbox"],
    ["components/x.tsx", `import "@/lib/context/context";`, "client's side only"],
    ["components/ui/x.tsx", `import { useT } from "@/components/locale/i18n-provider";`, "primitives"],
    ["app/x.ts", `import { PrismaClient } from "@/lib/store/generated/client";`, "app routes"],
    ["lib/auth/x.ts", `import { type Actor, actors } from "@/lib/context/context";`, "auth keeps secrets"],
    ["sandbox/x.ts", `import { AppError } from "@/lib/diagnosis/app-error";`, "nothing else"],
    [
      "lib/store/x.ts",
      `import { openTestStore } from "@/lib/store/open-test-store";`,
      "fixtures are for tests",
    ],
    ["lib/steps/x/definition.ts", `import { readFile } from "node:fs/promises";`, "safe for the browser"],
    ["lib/steps/x/definition.ts", `import { required } from "../step-run";`, "safe for the browser"],
    [
      "lib/steps/x/runner.ts",
      `import { getMigration } from "@/lib/services/migration/get-migration";`,
      "never back",
    ],
    ["lib/nowhere/x.ts", `import fs from "node:fs";`, "no room"],
  ])("%s: %s", (path, text, rule) => {
    expect(find(path, text)).toEqual([expect.stringContaining(rule)]);
  });

  test("also when an SDK is reached through another room", () => {
    const store = { path: "lib/oss/connect.ts", text: `import OSS from "ali-oss";` };
    expect(find("lib/services/x.ts", `import { connect } from "@/lib/oss/connect";`, store)).toEqual([
      "lib/services/x.ts -> lib/oss/connect.ts -> ali-oss: services use the adapters of ctx and know no framework",
    ]);
  });

  test.each([
    ["lib/auth/x.ts", `import type { Actor } from "@/lib/context/context";`],
    ["lib/auth/x.ts", `import { type Actor, type Ctx } from "@/lib/context/context";`],
    ["lib/backup/x.ts", `// import fs from "node:fs";\n/*\nimport fs from "node:fs";\n*/`],
    ["lib/backup/x.ts", `const kind = "import"; const text = { from: "node:fs" };`],
    ["lib/services/x.ts", `import type { ObjectStore } from "@/lib/oss/object-store";`],
    ["lib/start/x.ts", `import { startSandbox } from "@/sandbox/sandbox";`],
    ["lib/oss/x.test.ts", `import { startSandbox } from "@/sandbox/sandbox";`],
  ])("and an allowed one is not: %s: %s", (path, text) => {
    expect(find(path, text)).toEqual([]);
  });
});
