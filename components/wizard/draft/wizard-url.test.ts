import { expect, test } from "vitest";
import { parseWizardUrl, stepAfter, stepBefore, WIZARD_STEPS, wizardHref } from "./wizard-url";

test.each([
  { id: null, step: null },
  { id: "mig_1", step: null },
  ...WIZARD_STEPS.map((step) => ({ id: "mig&=1", step })),
])("round-trips %o", (at) => {
  expect(parseWizardUrl(new URL(wizardHref(at), "http://x").searchParams)).toEqual(at);
});

test("what is no step is no step", () => {
  expect(parseWizardUrl(new URLSearchParams("id=a&step=destroy"))).toEqual({ id: "a", step: null });
});

test("steps have neighbours, the ends have one", () => {
  expect(stepAfter("source")).toBe("backup");
  expect(stepAfter("review")).toBeNull();
  expect(stepBefore("source")).toBeNull();
  expect(stepBefore("review")).toBe("import");
});
