import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { openStore } from "@/lib/store/open-store";
import { spawnWriter } from "@/lib/store/writer-fixture";

const KILLS = inject("long") ? 5 : 2;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "chainferry-kill-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

test("SIGKILL in the middle of writing loses no committed row", async () => {
  let committed = -1;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const writer = spawnWriter(folder);
    await writer.printed(3 + kill * 17);
    await writer.kill();
    const last = Number(writer.lines.at(-1));
    expect(last).toBeGreaterThan(committed);
    committed = last;
    const store = await openStore({ databaseUrl: null, folder });
    const count = await store.db.person.count();
    const setting = await store.db.setting.findUniqueOrThrow({ where: { key: "last" } });
    await store.close();
    // One more than printed at most: committed, but killed before its number was out.
    expect([last + 1, last + 2]).toContain(count);
    expect(setting.value).toBe(String(count - 1));
  }
});

test("SIGKILL at any moment of the first start leaves a folder that opens", async () => {
  const started = Date.now();
  const first = spawnWriter(folder);
  await first.printed(1);
  const startMs = Date.now() - started;
  await first.kill();
  await rm(folder, { recursive: true });
  // The moment of the kill is the point here: spread over the time that a whole first start takes.
  for (const share of [0.5, 0.75, 0.92]) {
    const writer = spawnWriter(folder);
    await sleep(startMs * share);
    await writer.kill();
    const store = await openStore({ databaseUrl: null, folder });
    await store.db.person.count();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
  await expect(
    openStore({ databaseUrl: null, folder }).then((store) => store.close()),
  ).resolves.toBeUndefined();
});
