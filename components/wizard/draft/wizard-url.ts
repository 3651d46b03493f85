import { z } from "zod";

export const WIZARD_STEPS = ["source", "backup", "import", "review"] as const;
export type WizardStep = (typeof WIZARD_STEPS)[number];

const WizardUrl = z.object({
  id: z.string().min(1).max(64).nullable().catch(null),
  step: z.enum(WIZARD_STEPS).nullable().catch(null),
});
export type WizardUrl = z.infer<typeof WizardUrl>;

/** Where in the wizard an address points; what it does not say, or says wrongly, is null. */
export function parseWizardUrl(search: URLSearchParams): WizardUrl {
  return WizardUrl.parse({ id: search.get("id"), step: search.get("step") });
}

export function wizardHref({ id, step }: WizardUrl): string {
  const search = new URLSearchParams();
  if (id) search.set("id", id);
  if (step) search.set("step", step);
  return search.size > 0 ? `/migrations/new?${search}` : "/migrations/new";
}

export function stepAfter(step: WizardStep): WizardStep | null {
  return WIZARD_STEPS[WIZARD_STEPS.indexOf(step) + 1] ?? null;
}

export function stepBefore(step: WizardStep): WizardStep | null {
  return WIZARD_STEPS[WIZARD_STEPS.indexOf(step) - 1] ?? null;
}
