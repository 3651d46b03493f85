import { spawn } from "node:child_process";
import { once } from "node:events";
import { renameSync, writeFileSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lockFolder } from "@/lib/store/folder-lock";
import { readOwnIdentity } from "@/lib/store/process-identity";

const FAST = { heartbeatMs: 20, silenceMs: 200 };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "chainferry-lock-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** A lock as a process that is gone (or elsewhere) left it. */
function leaveLock(changes: object): void {
  const holder = {
    token: "t0",
    ...readOwnIdentity(),
    program: "x",
    startedAt: "2026-01-01T00:00:00.000Z",
    beat: 0,
  };
  const file = path.join(folder, "lock.json");
  writeFileSync(`${file}.left`, JSON.stringify({ ...holder, ...changes }));
  renameSync(`${file}.left`, file);
}

/** The pid of a process that has just ended. */
async function findDeadPid(): Promise<number> {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  return child.pid ?? 0;
}

test("a released folder can be taken again and leaves no file behind", async () => {
  const first = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toMatchObject({ fields: { reason: "store_locked" } });
  await first.release();
  const second = await lockFolder(folder);
  await second.release();
  expect(await readdir(folder)).toEqual([]);
});

test("of many starters on a dead lock exactly one gets the folder", async () => {
  for (let round = 0; round < 10; round += 1) {
    leaveLock({ pid: await findDeadPid(), token: `t${round}` });
    const starters = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)));
    const winners = starters.filter((starter) => starter.status === "fulfilled");
    expect(winners).toHaveLength(1);
    await winners[0]?.value.release();
    expect(await readdir(folder)).toEqual([]);
  }
});

test("a takeover that died half way does not block the next one", async () => {
  const pid = await findDeadPid();
  leaveLock({ pid });
  const lock = await readFile(path.join(folder, "lock.json"), "utf8");
  await writeFile(path.join(folder, "lock.json.t0"), lock.replace('"t0"', '"t1"'));
  const taken = await lockFolder(folder);
  await taken.release();
  expect(await readdir(folder)).toEqual([]);
});

test("a file that is no lock is left alone and named", async () => {
  await writeFile(path.join(folder, "lock.json"), "shopping list");
  await expect(lockFolder(folder)).rejects.toMatchObject({ fields: { reason: "store_lock_unreadable" } });
});

describe("a holder that can't be looked at (another machine or container)", () => {
  const elsewhere = { host: "elsewhere", pidNamespace: "pid:[1]", bootId: "other-boot" };

  test("is dead after a silence", async () => {
    leaveLock(elsewhere);
    const lock = await lockFolder(folder, FAST);
    await lock.release();
  });

  test("holds the folder while its beat counts up", async () => {
    let beat = 0;
    leaveLock(elsewhere);
    const beating = setInterval(() => {
      beat += 1;
      leaveLock({ ...elsewhere, beat });
    }, 20);
    try {
      await expect(lockFolder(folder, { heartbeatMs: 60, silenceMs: 600 })).rejects.toThrow(
        /in use by process \d+ on elsewhere/,
      );
    } finally {
      clearInterval(beating);
    }
  });
});

describe("a pid on this machine", () => {
  test("before the last boot is dead", async () => {
    leaveLock({ bootId: "an-earlier-boot" });
    await (await lockFolder(folder)).release();
  });

  test.runIf(readOwnIdentity().startTicks !== null)("with another start time is a reused one", async () => {
    leaveLock({ startTicks: "1" });
    await (await lockFolder(folder)).release();
  });
});
