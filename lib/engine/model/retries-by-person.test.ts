import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openMemoryStore } from "@/lib/store/memory/memory-client-fixture";
import { ask } from "./model-commands-fixture";
import { ModelRules } from "./model-rules-fixture";
import { ModelWorld } from "./model-world-fixture";

const RETRIES = 5;

test("five retries by a person, the answer to each import lost: RDS has each once", async () => {
  const clock = { at: new Date("2026-05-04T10:00:00.000Z") };
  const folder = mkdtempSync(join(tmpdir(), "chainferry-model-"));
  const world = await ModelWorld.open("app", openMemoryStore(() => clock.at).client, clock, folder);
  const rules = new ModelRules();
  try {
    for (let retry = 0; retry <= RETRIES; retry += 1) {
      world.rds.fault = "lost_after";
      world.rds.failsNext = retry < RETRIES;
      await world.drive(60);
      await rules.check(world);
      const { status } = await world.rows();
      if (retry < RETRIES) {
        expect(status).toBe("failed");
        expect(await ask(world, "retry_step")).toBe(true);
        expect(await ask(world, "retry_step")).toBe(false);
      } else expect(status).toBe("waiting_for_user");
    }
    const accepted = await world.db.onceCall.count({ where: { kind: "import", outcome: "accepted" } });
    expect(accepted).toBe(RETRIES + 1);
    expect(world.rds.tasks.flatMap(({ entries }) => entries)).toHaveLength(RETRIES + 1);
  } finally {
    await world.close();
  }
});
