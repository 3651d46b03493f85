import type { FailureFields } from "./failure-of";

/** A failure of our own rules, for `error.<reason>`: no provider said anything. */
export function ruleFailure(reason: string, params: Record<string, string | number> = {}): FailureFields {
  return { reason, params, system: null, providerCode: null, providerMessage: null, providerRequestId: null };
}
