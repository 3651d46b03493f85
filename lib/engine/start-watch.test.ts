import { expect, test, vi } from "vitest";
import { startWatch } from "./start-watch";

test("who stops waits for the look under way, and not for one that is never answered", async () => {
  vi.useFakeTimers();
  let end: () => void = () => undefined;
  const errors: unknown[] = [];
  const look = vi.fn(
    () =>
      new Promise<void>((settle) => {
        end = settle;
      }),
  );
  const told = vi.fn();
  const watch = startWatch(look, 100, (error) => errors.push(error));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(look).toHaveBeenCalledTimes(1);
  const stopped = watch.stop().then(told);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(told).not.toHaveBeenCalled();
  end();
  await stopped;

  const other = startWatch(look, 100, (error) => errors.push(error));
  await vi.advanceTimersByTimeAsync(100);
  const left = other.stop();
  await vi.advanceTimersByTimeAsync(10_000);
  await left;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(look).toHaveBeenCalledTimes(2);
  expect(errors).toEqual([]);
  vi.useRealTimers();
});
