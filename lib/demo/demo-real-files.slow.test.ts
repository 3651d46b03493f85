import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { demo, expectOnline, typesOf } from "./demo-fixture";

const SAMPLES = "../shared/samples/bak";
const CHAINS = ["restoretimeclean2016_", "RestoreTimeClean_"];

test.skipIf(!existsSync(SAMPLES)).each(inject("long") ? CHAINS : CHAINS.slice(0, 1))(
  "real backup files: %s",
  async (prefix) => {
    const folder = mkdtempSync(join(tmpdir(), "chainferry-real-"));
    try {
      for (const name of readdirSync(SAMPLES)) {
        if (name.startsWith(prefix)) cpSync(join(SAMPLES, name), join(folder, name));
      }
      const report = await demo({ files: folder });
      expectOnline(report);
      expect(typesOf(report)).toEqual(["full", "differential", "log", "log", "log"]);
      expect(report.notNeeded).toHaveLength(3);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
