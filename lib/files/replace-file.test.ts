import { expect, test } from "vitest";
import { replaceFile, replaceFileSync } from "./replace-file";

function busyFor(times: number, code: string) {
  const world = { moved: [] as string[], waits: 0 };
  return {
    world,
    move: async (from: string, to: string) => {
      if (world.waits < times) throw Object.assign(new Error(code), { code });
      world.moved.push(`${from} ${to}`);
    },
    wait: async () => {
      world.waits += 1;
    },
  };
}

test("on Windows a file that somebody reads is replaced when they are done, and not waited for long", async () => {
  const soon = busyFor(3, "EPERM");
  await replaceFile("a", "b", { ...soon, platform: "win32" });
  expect(soon.world).toEqual({ moved: ["a b"], waits: 3 });
  const never = busyFor(100, "EBUSY");
  await expect(replaceFile("a", "b", { ...never, platform: "win32" })).rejects.toThrow("EBUSY");
  expect(never.world.waits).toBe(9);
});

test.each([
  ["elsewhere", "linux", "EPERM"],
  ["of another cause", "win32", "ENOSPC"],
] as const)("a failure %s is told at once", async (_, platform, code) => {
  const once = busyFor(1, code);
  await expect(replaceFile("a", "b", { ...once, platform })).rejects.toThrow(code);
  expect(once.world.waits).toBe(0);
});

test("where nothing may happen meanwhile, the process stands still between two tries", () => {
  let moves = 0;
  const waited: number[] = [];
  const move = () => {
    moves += 1;
    if (moves < 3) throw Object.assign(new Error("EBUSY"), { code: "EBUSY" });
  };
  const wait = (ms: number) => waited.push(ms);
  replaceFileSync("a", "b", { platform: "win32", move, wait });
  expect({ moves, waited }).toEqual({ moves: 3, waited: [50, 50] });
  moves = 0;
  expect(() => replaceFileSync("a", "b", { platform: "linux", move, wait })).toThrow("EBUSY");
  expect(moves).toBe(1);
});
