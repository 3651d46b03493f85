import { expect, test } from "vitest";
import { nextReading } from "./next-reading";

/** Readings that end when they are told to. */
function played() {
  const ends: ((answer: string) => void)[] = [];
  const fails: ((error: Error) => void)[] = [];
  const inputs: string[] = [];
  const read = nextReading((input: string) => {
    inputs.push(input);
    return new Promise<string>((settle, reject) => {
      ends.push(settle);
      fails.push(reject);
    });
  });
  return { read, ends, fails, inputs };
}
const turn = () => new Promise<void>((done) => setImmediate(done));

test("who asks while a reading is under way gets the next, one for all who wait; nobody one that began before they asked", async () => {
  const { read, ends, inputs } = played();
  const first = read("a");
  await turn();
  const waiting = [read("b"), read("c")];
  await turn();
  expect(inputs).toEqual(["a"]);
  ends[0]?.("one");
  expect(await first).toBe("one");
  await turn();
  const later = read("d");
  expect(inputs).toEqual(["a", "b"]);
  ends[1]?.("two");
  expect(await Promise.all(waiting)).toEqual(["two", "two"]);
  await turn();
  ends[2]?.("three");
  expect(await later).toBe("three");
  expect(inputs).toEqual(["a", "b", "d"]);
});

test("a reading that fails fails for those who share it, and the next is read", async () => {
  const { read, fails, ends } = played();
  const first = read("a");
  await turn();
  const second = read("b");
  fails[0]?.(new Error("away"));
  await expect(first).rejects.toThrow("away");
  await turn();
  ends[1]?.("there");
  expect(await second).toBe("there");
});
