import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { runChainCommand } from "./chain-command";

/** Troubles that others reported, made small; kept outside the repository. Without them this file only checks that it knows so. */
const FOLDER = "../shared/samples/reported";
const present = existsSync(FOLDER);

interface Expected {
  id: string;
  expect: { ok: boolean; order: string[] | null; kinds: Record<string, string[]> };
}
interface Told {
  id: string;
  ok: boolean;
  order: string[];
  problems: { kind: string; file?: string; message: string }[];
}

let output = "";
beforeEach(() => {
  output = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    output += text.toString();
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

const files = (name: string): string[] =>
  readdirSync(join(FOLDER, name)).map((file) => join(FOLDER, name, file));

if (present) {
  const cases: Expected[] = JSON.parse(readFileSync(join(FOLDER, "chain-cases.json"), "utf8"));

  it.each(cases.map((one) => [one.id, one] as const))("reported: %s", async (id, { expect: right }) => {
    expect(
      await runChainCommand({ files: [], casesFile: join(FOLDER, "chain-cases.json"), json: true }),
    ).toBe(0);
    const verdict = (JSON.parse(output) as Told[]).find((one) => one.id === id);
    expect(verdict?.ok).toBe(right.ok);
    if (right.order !== null) expect(verdict?.order).toEqual(right.order);
    for (const [file, kinds] of Object.entries(right.kinds)) {
      const told = verdict?.problems.filter((problem) => problem.file === file).map(({ kind }) => kind);
      expect(
        kinds.some((kind) => told?.includes(kind)),
        `${file}: ${told}`,
      ).toBe(true);
    }
  });

  it.each([
    ["forks", ["new_full.bak", "new_log.trn"]],
    ["renamed", ["full.bak", "log.trn"]],
    ["appended", ["full.bak", "day.trn#1", "day.trn#2"]],
  ])("the folder %s holds to its newest point", async (name, order) => {
    expect(await runChainCommand({ files: files(name), json: true })).toBe(0);
    const [verdict] = JSON.parse(output) as Told[];
    expect(verdict?.order).toEqual(order.map((file) => join(FOLDER, name, file)));
  });
} else {
  it("are not on this machine", () => expect(existsSync(FOLDER)).toBe(false));
}
