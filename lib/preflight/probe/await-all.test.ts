import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { awaitAll } from "./await-all";

test("answers all, in their order", async () => {
  expect(await awaitAll([turn(1), Promise.resolve(2)])).toEqual([1, 2]);
});

test("one that throws is thrown after the others have ended", async () => {
  let ended = false;
  const other = turn().then(() => {
    ended = true;
  });
  await expect(awaitAll([Promise.reject(new TypeError("bug")), other])).rejects.toThrow(TypeError);
  expect(ended).toBe(true);
});
