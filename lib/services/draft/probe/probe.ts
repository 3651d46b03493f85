import type { ProbeView } from "@/lib/contracts/migration";
import { failureOf } from "@/lib/diagnosis/failure-of";
import type { ProbeId } from "@/lib/diagnosis/probe-ids";
import { withDeadline } from "../../deadline";

/** What a probe found: its verdict, the values of its text, and the answer as evidence. */
export interface Finding {
  verdict: "pass" | "warn" | "block" | "unknown";
  params: Record<string, string | number>;
  answer: string;
}

export interface Probe<Id extends ProbeId = ProbeId> {
  id: Id;
  /** What was asked, technically, as evidence: `DescribeResourceUsage rm-1`. */
  asked: string;
  /** Of the question, known without an answer. */
  params: Record<string, string | number>;
  look(): Promise<Finding>;
  /** Verdict when nobody answers: `block` for the probe that is about reaching. Default `unknown`. */
  whenUnreachable?: "block" | "unknown";
}

/** Asks once, within the limit. Never throws but for a bug. */
export async function runProbe(probe: Probe, now: () => Date, timeoutMs: number): Promise<ProbeView> {
  const base = { id: probe.id, asked: probe.asked };
  try {
    const finding = await withDeadline(probe.look(), timeoutMs);
    return {
      ...base,
      ...finding,
      params: { ...probe.params, ...finding.params },
      at: now().toISOString(),
      failure: null,
    };
  } catch (error) {
    const failure = failureOf(error);
    if (failure.reason === "internal") throw error;
    return {
      ...base,
      verdict: probe.whenUnreachable ?? "unknown",
      params: probe.params,
      answer: failure.providerMessage ?? "",
      at: now().toISOString(),
      failure,
    };
  }
}
