import { expect, test } from "vitest";
import { AttemptLimits } from "./attempt-limits";

const refused = (seconds: number) =>
  expect.objectContaining({
    fields: expect.objectContaining({ reason: "too_many_attempts", params: { seconds } }),
  });

test("an address begins so many attempts a minute, and all together no more than that; then they may again", () => {
  const limits = new AttemptLimits({ perAddress: 3, inTotal: 5, windowMs: 60_000 });
  for (let n = 0; n < 3; n += 1) limits.begin("10.0.0.1", 1_000);
  expect(() => limits.begin("10.0.0.1", 31_000)).toThrow(refused(30));
  limits.begin("10.0.0.2", 31_000);
  limits.begin("10.0.0.3", 31_000);
  // Addresses are cheap.
  expect(() => limits.begin("10.0.0.4", 60_001)).toThrow(refused(1));
  limits.begin("10.0.0.1", 61_000);
});

test("a clock that is set back makes nobody wait for it", () => {
  const limits = new AttemptLimits({ perAddress: 1, inTotal: 1, windowMs: 60_000 });
  limits.begin("10.0.0.1", 9_000_000);
  limits.begin("10.0.0.1", 1_000);
  expect(() => limits.begin("10.0.0.1", 1_500)).toThrow(refused(60));
});
