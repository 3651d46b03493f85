import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { CONTAINER_FLAG } from "@/lib/backup/mssqlbak-chunks";
import { demo, expectOnline, typesOf } from "./demo-fixture";

/** What stands at the start of a compressed backup: its container's version, its flags. */
function containersIn(folder: string): { mark: string; version: number; zstd: boolean }[] {
  return readdirSync(folder).map((name) => {
    const bytes = readFileSync(join(folder, name));
    const version = bytes.readUInt32LE(8);
    const zstd = version === 2 && (bytes.readUInt32LE(12) & CONTAINER_FLAG.zstd) !== 0;
    return { mark: bytes.toString("latin1", 0, 8), version, zstd };
  });
}

// 2012 writes the container of 2008 R2, 2014 that of 2019: `npm run -s chainferry -- demo --scenario source-2012`.
const SOURCES: [scenario: string, version: number, zstd: boolean][] = [
  // Nobody but SQL Server reads it: what was taken ourselves is known from the server that wrote it.
  ["source-new-container", 3, false],
  ["source-2008r2", 1, false],
  ["source-2025-zstd", 2, true],
];

test.each(inject("long") ? SOURCES : SOURCES.slice(0, 1))(
  "%s: online with its own compressed full, differential, logs and tail",
  async (scenario, version, zstd) => {
    const folder = mkdtempSync(join(tmpdir(), "chainferry-source-"));
    try {
      const report = await demo({ scenario, data: folder });
      expectOnline(report);
      expect(typesOf(report)).toEqual(["full", "differential", "log", "log", "tail"]);
      expect(report.refused).toEqual([]);
      const written = containersIn(join(folder, "sandbox", "sqlserver", "Backup"));
      expect(written).toEqual(report.files.map(() => ({ mark: "MSSQLBAK", version, zstd })));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
