import { expect, test } from "vitest";
import { createCallPace } from "./call-pace";

/** Processes that share a pause, on one clock. */
function processes(count: number) {
  const world = { nowMs: 0, untilMs: 0, looks: 0, waits: [] as number[] };
  const pace = () =>
    createCallPace({
      shared: {
        left: () => {
          world.looks += 1;
          return Promise.resolve(Math.max(0, world.untilMs - world.nowMs));
        },
        begin: (ms) => {
          world.untilMs = Math.max(world.untilMs, world.nowMs + ms);
          return Promise.resolve();
        },
      },
      random: () => 0.5,
      now: () => world.nowMs,
      wait: (ms) => {
        world.waits.push(ms);
        world.nowMs += ms;
        return Promise.resolve();
      },
    });
  return { world, paces: Array.from({ length: count }, pace) };
}

test("nobody waits while RDS answers, and the store is looked at once a second", async () => {
  const { world, paces } = processes(1);
  for (let call = 0; call < 100; call += 1) {
    await paces[0]?.free();
    paces[0]?.answered();
    world.nowMs += 30;
  }
  expect(world.waits).toEqual([]);
  expect(world.looks).toBeLessThanOrEqual(4);
});

test("who is throttled keeps the others from asking too, twice as long each time in a row, and not for ever", async () => {
  const { world, paces } = processes(2);
  const [one, other] = paces;
  world.nowMs = 5_000;
  one?.throttled(null);
  await other?.free();
  expect(world.waits).toEqual([500 + 125]);
  for (const _ of Array.from({ length: 9 })) one?.throttled(null);
  await other?.free();
  world.nowMs += 1_000;
  await other?.free();
  expect(world.waits.at(-1)).toBeLessThanOrEqual(8_000 + 125);
  expect(world.waits.at(-1)).toBeGreaterThan(6_000);
  one?.answered();
  world.nowMs += 60_000;
  one?.throttled(3_000);
  await one?.free();
  expect(world.waits.at(-1)).toBe(3_000 + 125);
});

test("a store that can't be asked holds nobody up", async () => {
  const gone = () => Promise.reject(new Error("gone"));
  const pace = createCallPace({
    shared: { left: gone, begin: gone },
    random: () => 0,
    now: () => 0,
    wait: gone,
  });
  await pace.free();
  pace.throttled(null);
  await expect(pace.free()).rejects.toThrow("gone");
});
