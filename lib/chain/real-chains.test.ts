import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readBackup } from "@/lib/backup/read-backup";
import { assessChain } from "./assess-chain";
import type { ChainFile } from "./verdict";

/** Real backups by others, kept outside the repository; without them this file only checks that it knows so. */
const folder = fileURLToPath(new URL("../../../shared/samples/bak/", import.meta.url));
const present = existsSync(folder);

async function readPile(prefix: string): Promise<ChainFile[]> {
  const names = readdirSync(folder).filter((name) => name.startsWith(prefix) && /\.(bak|trn)$/.test(name));
  const pile: ChainFile[] = [];
  for (const name of names) {
    const bytes = readFileSync(folder + name);
    const source = {
      sizeBytes: bytes.length,
      read: async (at: number, n: number) => bytes.subarray(at, at + n),
    };
    const reading = await readBackup(source);
    if (!reading.ok) throw new Error(`${name}: ${reading.error.message}`);
    for (const set of reading.sets)
      pile.push({ name: name.slice(prefix.length), complete: reading.complete, set });
  }
  return pile;
}

describe("real backup chains", () => {
  if (!present) {
    it("are not on this machine", () => expect(existsSync(folder)).toBe(false));
    return;
  }

  it.each(["RestoreTimeClean_", "restoretimeclean2016_"])(
    "%s: full, differential, the last three logs",
    async (prefix) => {
      const verdict = assessChain({ files: await readPile(prefix) });
      expect(verdict.ok).toBe(true);
      expect(verdict.order).toEqual([
        "RestoreTimeClean.bak",
        "RestoreTimeClean2.bak",
        "RestoreTimeClean2_1.trn",
        "RestoreTimeClean2_2.trn",
        "RestoreTimeClean2_3.trn",
      ]);
      expect(verdict.problems.map(({ kind }) => kind)).toEqual(["not-needed", "not-needed", "not-needed"]);
    },
  );

  it("without the differential all six logs are needed, and without one of them there is a gap", async () => {
    const files = (await readPile("RestoreTimeClean_")).filter(({ set }) => set.type !== "differential");
    expect(assessChain({ files }).order).toHaveLength(7);
    const broken = assessChain({ files: files.filter(({ name }) => name !== "RestoreTimeClean_2.trn") });
    expect(broken).toMatchObject({
      ok: false,
      order: ["RestoreTimeClean.bak", "RestoreTimeClean_1.trn"],
      problems: [
        {
          kind: "gap",
          file: "RestoreTimeClean_3.trn",
          fromLsn: 25000000015300001n,
          toLsn: 25000000016300001n,
        },
      ],
    });
  });
});
