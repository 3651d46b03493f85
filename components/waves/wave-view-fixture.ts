import { viewOf } from "@/components/migration/migration-view-fixture";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import type { WaveMemberView, WaveView } from "@/lib/contracts/wave";
import { WaveRules } from "@/lib/wave/wave-rules";

export const T0 = "2026-05-17T00:00:00.000Z";
const at = (p50: string, p90 = p50) => ({ p50, p90 });
const NOTHING = { start: null, restored: null, ready: null, cutover: null, online: null };

const NOBODY = { count: 0, begun: 0, bytes: 0, unknown: 0, imports: 0, waves: [] };

export function memberOf(name: string, place: number, over: Partial<WaveMemberView> = {}): WaveMemberView {
  const { needs, ...summary } = viewOf({ id: name, name });
  return {
    ...{
      migration: { ...summary, needs, startedAt: T0 },
      place,
      folders: { source: "D:\\b", local: "/b" },
      bytes: 40 * 1024 ** 3,
      stage: "rounds",
    },
    ...{
      wait: null,
      roomBytes: null,
      note: null,
      armed: false,
      heldBecause: null,
      takenBack: null,
      done: null,
    },
    ...{ foreseen: NOTHING, downtimeSeconds: { p50: 90, p90: 120 }, onlineAt: null, stoppedAt: null },
    ...over,
  };
}

export function waveOf(over: Partial<WaveView> = {}): WaveView {
  const online = { online: at("2026-05-17T02:02:00.000Z", "2026-05-17T02:04:00.000Z") };
  const failed = viewOf({ id: "HR", name: "HR", needs: { key: "step_failed", params: { kind: "upload" } } });
  return {
    ...{
      id: "w1",
      name: "Wave 1",
      status: "running",
      createdBy: "Lin Wei",
      createdAt: T0,
      startedAt: T0,
      endedAt: null,
    },
    ...{ form: EMPTY_DRAFT, rules: WaveRules.parse({ bytesPerSecond: 5_000_000 }), cutover: null },
    ...{ needsApproval: false, after: null, follows: null, followedBy: [], unforeseen: 1, serverNow: T0 },
    members: [
      memberOf("Sales", 1, { foreseen: { ...NOTHING, ...online } }),
      memberOf("HR", 2, { stage: "stopped", migration: failed }),
      memberOf("ERP", 3, { stage: "waiting", wait: "source_busy" }),
    ],
    last: { migrationId: "Sales", ...at("2026-05-17T02:02:00.000Z", "2026-05-17T02:04:00.000Z") },
    second: { migrationId: "ERP", p50: "2026-05-17T02:00:00.000Z" },
    instances: [{ instanceId: "rm-1", importsUsed: 23, importsLimit: 500, space: null, beside: NOBODY }],
    ...over,
  };
}
