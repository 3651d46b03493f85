import { CLOUD_CALLS } from "@/lib/diagnosis/cloud-calls";
import { apiName } from "@/lib/rds/api-name";
import type { RdsCallOutcome } from "@/lib/rds/rds-account";

/** What this process has counted since it started, for `/metrics`. */
export interface Counters {
  /** Calls to RDS by API (`DescribeMigrateTasks`) and by how they ended; what an SDK repeats by itself is one call. */
  rdsCalls(): { call: string; outcome: RdsCallOutcome; count: number }[];
  /** Steps that this process had in hand and another took, because it was not heard of for too long. */
  leaseLosses(): number;
  noteRdsCall(call: string, outcome: RdsCallOutcome): void;
  noteLeaseLoss(): void;
}

/** Whose first one is to be seen: of a counter that was not there Prometheus sees no increase. */
const TOLD_BEFORE = ["ok", "auth", "forbidden", "throttled"] as const satisfies readonly RdsCallOutcome[];

/** Starts at nothing. */
export function createCounters(): Counters {
  const calls = new Map<string, { call: string; outcome: RdsCallOutcome; count: number }>();
  for (const { service, call: method } of CLOUD_CALLS) {
    if (service !== "rds" && service !== "ram") continue;
    const call = apiName(method);
    for (const outcome of TOLD_BEFORE) calls.set(`${call} ${outcome}`, { call, outcome, count: 0 });
  }
  let losses = 0;
  return {
    rdsCalls: () => [...calls.values()],
    leaseLosses: () => losses,
    noteRdsCall: (call, outcome) => {
      const key = `${call} ${outcome}`;
      const counted = calls.get(key) ?? { call, outcome, count: 0 };
      counted.count += 1;
      calls.set(key, counted);
    },
    noteLeaseLoss: () => {
      losses += 1;
    },
  };
}
