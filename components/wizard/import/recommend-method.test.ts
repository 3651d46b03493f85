import { expect, test } from "vitest";
import { recommendMethod } from "./recommend-method";

test.each([
  [true, true, "immediate", "small_and_accepted"],
  [true, false, "access_pending", "downtime_not_accepted"],
  [false, true, "access_pending", "over_hundred_gb"],
  [false, false, "access_pending", "over_hundred_gb"],
  [null, null, "access_pending", "not_answered"],
  [true, null, "access_pending", "not_answered"],
  [null, true, "access_pending", "not_answered"],
  [null, false, "access_pending", "downtime_not_accepted"],
] as const)("under 100 GB %s, two hours %s: %s", (underHundredGb, downtimeAccepted, method, because) => {
  expect(recommendMethod({ underHundredGb, downtimeAccepted })).toEqual({ method, because });
});
