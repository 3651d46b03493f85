import { spawn } from "node:child_process";
import { once } from "node:events";
import { renameSync, writeFileSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lockFolder } from "@/lib/store/folder-lock";
import { openLifeSocket } from "@/lib/store/life-socket";
import { readOwnIdentity } from "@/lib/store/process-identity";

const FAST = { heartbeatMs: 20, silenceMs: 200, isShared: () => Promise.resolve(true) };
const OF_ONE_MACHINE = { ...FAST, isShared: () => Promise.resolve(false) };
/** Sockets and boots can be told apart on Linux. */
const LINUX = readOwnIdentity().bootId !== null;
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

  test.each([
    ["under another name", elsewhere],
    ["under our own name, as a clone", { bootId: "other-boot" }],
    ["in another container", { pidNamespace: "pid:[1]" }],
  ])("is not dead for its silence, and what to do is said: %s", async (_, where) => {
    leaveLock(where);
    const file = path.join(folder, "lock.json");
    const before = await readFile(file, "utf8");
    await expect(lockFolder(folder, FAST)).rejects.toMatchObject({
      message: expect.stringMatching(
        /can't be looked at[^\n]*0\.2 s[^\n]*\n[^\n]*delete \/.*lock\.json and start again/,
      ),
      fields: { code: "conflict", reason: "store_lock_silent", params: { pid: process.pid, file } },
    });
    expect(await readFile(file, "utf8")).toBe(before);
    expect(await readdir(folder)).toEqual(["lock.json"]);
  });

  test.each([
    ["another", elsewhere],
    ["our own", { bootId: "other-boot" }],
  ])("holds the folder while its beat counts up, under %s host name", async (_, where) => {
    let beat = 0;
    leaveLock(where);
    const beating = setInterval(() => {
      beat += 1;
      leaveLock({ ...where, beat });
    }, 20);
    try {
      await expect(lockFolder(folder, { ...FAST, heartbeatMs: 60, silenceMs: 600 })).rejects.toMatchObject({
        message: expect.stringMatching(/in use by process \d+ on /),
        fields: { reason: "store_locked" },
      });
    } finally {
      clearInterval(beating);
    }
  });

  test("whose pid is gone here may live on a clone: its beat is heard first", async () => {
    const gone = { pid: await findDeadPid() };
    let beat = 0;
    leaveLock(gone);
    const beating = setInterval(() => leaveLock({ ...gone, beat: ++beat }), 20);
    await expect(lockFolder(folder, { ...FAST, heartbeatMs: 60, silenceMs: 600 })).rejects.toMatchObject({
      fields: { reason: "store_locked" },
    });
    clearInterval(beating);
    await (await lockFolder(folder, FAST)).release();
  });

  test.runIf(LINUX)(
    "is dead where the folder is this machine's alone and the boot an earlier one",
    async () => {
      leaveLock(elsewhere);
      await (await lockFolder(folder, OF_ONE_MACHINE)).release();
      expect(await readdir(folder)).toEqual([]);
    },
  );
});

describe.runIf(LINUX)("a holder in another container of this machine", () => {
  const container = { host: "container", pidNamespace: "pid:[1]" };

  test("that lives, also without a beat, keeps the folder", async () => {
    const life = await openLifeSocket(folder);
    leaveLock({ ...container, socket: life.name });
    await expect(lockFolder(folder, OF_ONE_MACHINE)).rejects.toMatchObject({
      fields: { reason: "store_locked" },
    });
    await life.close();
  });

  test("that was killed leaves a socket on which nobody listens: the folder is free at once", async () => {
    const program = `require("net").createServer().listen("lock-0a1b2c3d.sock", () => process.kill(process.pid, "SIGKILL"))`;
    const child = spawn(process.execPath, ["-e", program], { cwd: folder });
    await once(child, "exit");
    expect(await readdir(folder)).toEqual(["lock-0a1b2c3d.sock"]);
    leaveLock({ ...container, socket: "lock-0a1b2c3d.sock" });
    const lock = await lockFolder(folder, { ...OF_ONE_MACHINE, silenceMs: 600_000 });
    await lock.release();
    expect(await readdir(folder)).toEqual([]);
  });

  test("that is stopped still holds the folder", async () => {
    const program = `require("net").createServer().listen("lock-0a1b2c3d.sock", () => console.log("up"))`;
    const child = spawn(process.execPath, ["-e", program], { cwd: folder });
    await once(child.stdout, "data");
    child.kill("SIGSTOP");
    leaveLock({ ...container, socket: "lock-0a1b2c3d.sock" });
    try {
      await expect(lockFolder(folder, OF_ONE_MACHINE)).rejects.toMatchObject({
        fields: { reason: "store_locked" },
      });
    } finally {
      child.kill("SIGKILL");
      await once(child, "exit");
    }
  });
});

describe("a pid on this machine", () => {
  test.runIf(LINUX)("before the last boot is dead", async () => {
    leaveLock({ bootId: "an-earlier-boot" });
    await (await lockFolder(folder, OF_ONE_MACHINE)).release();
  });

  test.runIf(readOwnIdentity().startTicks !== null)("with another start time is a reused one", async () => {
    leaveLock({ startTicks: "1" });
    await (await lockFolder(folder, OF_ONE_MACHINE)).release();
  });
});
