import { expect, test } from "vitest";
import { FIRST_SETTINGS } from "@/lib/contracts/product-settings";
import { policyFormOf, readPolicyForm } from "./policy-form";

const first = policyFormOf(FIRST_SETTINGS);

test("what is not set is empty, and read as it was", () => {
  expect(first).toMatchObject({ lastLogMb: "500", downtimeMinutes: "", mibPerSecond: "", recordDays: "" });
  expect(readPolicyForm(first)).toEqual({ ok: true, settings: FIRST_SETTINGS });
});

test("megabytes are RDS’s, of 10⁶; rates are of 2²⁰", () => {
  const read = readPolicyForm({ ...first, lastLogMb: "250.5", mibPerSecond: "2", deliveryDays: " 90 " });
  expect(read).toMatchObject({
    settings: {
      limits: { lastLogBytes: 250_500_000, bytesPerSecond: 2_097_152 },
      retention: { deliveryDays: 90 },
    },
  });
});

test.each([
  ["lastLogMb", "501"],
  ["lastLogMb", ""],
  ["downtimeMinutes", "1.5"],
  ["uploadLanes", "17"],
  ["mibPerSecond", "0.01"],
  ["recordDays", "29"],
  ["progressDays", "ten"],
  ["deliveryDays", "-1"],
] as const)("%s of %j is wrong, and nothing else is", (field, value) => {
  expect(readPolicyForm({ ...first, [field]: value })).toEqual({ ok: false, wrong: new Set([field]) });
});
