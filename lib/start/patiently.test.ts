import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { patiently } from "./patiently";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a server that stands still is given up, asked once by all who come meanwhile, and asked again after", async () => {
  const ask = vi.fn<() => Promise<string> | null>(() => new Promise(() => undefined));
  const look = patiently(ask, 1_000);
  const given = Promise.allSettled([look(), look()]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect((await given).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(ask).toHaveBeenCalledTimes(1);
  ask.mockImplementation(() => Promise.resolve("well"));
  expect(await look()).toBe("well");
  ask.mockImplementation(() => Promise.reject(new Error("gone")));
  await expect(look()).rejects.toThrow("gone");
  ask.mockImplementation(() => null);
  expect(look()).toBeNull();
  expect(vi.getTimerCount()).toBe(0);
});
