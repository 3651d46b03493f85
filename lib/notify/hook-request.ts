import type { HookMoment } from "@/lib/migration/vocabulary/hook-moment";
import { signStandard } from "./sign";

export interface HookCallFacts {
  /** The same for every call of one moment of one cutover: who looks at it acts once. */
  id: string;
  moment: HookMoment | "trial";
  /** 1 for the first call under that id. */
  attempt: number;
  migrationId: string;
  name: string;
  database: string | null;
  instanceId: string | null;
  targetDatabase: string | null;
}

/** Headers and body of a call as Standard Webhooks has it. `secret` empty: unsigned. */
export function buildHookRequest(
  facts: HookCallFacts,
  { secret, nowMs }: { secret: string; nowMs: number },
): { headers: Record<string, string>; body: string } {
  const { id, moment } = facts;
  const seconds = Math.floor(nowMs / 1_000);
  const body = JSON.stringify({
    type: `chainferry.cutover.${moment}`,
    timestamp: new Date(nowMs).toISOString(),
    data: facts,
  });
  const signature = secret === "" ? {} : { "webhook-signature": signStandard(secret, { id, seconds, body }) };
  return {
    body,
    headers: {
      "content-type": "application/json; charset=utf-8",
      "content-length": `${Buffer.byteLength(body)}`,
      "webhook-id": id,
      "webhook-timestamp": `${seconds}`,
      ...signature,
    },
  };
}
