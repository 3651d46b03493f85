import { isExternalError } from "@/lib/diagnosis/external-error";
import { minutesUntilWindow } from "@/lib/migration/daily-window";
import type { ProbeWorld } from "@/lib/preflight/world/probe-world";
import type { Finding } from "./probe";

/** A migration that starts now is often still at it by then. */
const SOON_MINUTES = 120;

/** Whether the instance is, or soon will be, maintained or backed up: imports then wait or are refused. */
export async function windowFinding(world: ProbeWorld): Promise<Finding> {
  const [{ instanceId, maintainTime }, rds] = await Promise.all([world.instance(), world.rds()]);
  const backup = await rds.getBackupWindow(instanceId).catch((error: unknown) => {
    if (!isExternalError(error) || error.fields.kind !== "forbidden") throw error;
    return null;
  });
  const now = world.ctx.now();
  const windows = [
    { what: "maintenance", time: maintainTime, minutes: minutesUntilWindow(maintainTime, null, now) },
    {
      what: "backup",
      time: backup?.time ?? null,
      minutes: minutesUntilWindow(backup?.time ?? null, backup?.days ?? null, now),
    },
  ];
  const answer = `MaintainTime ${maintainTime ?? "?"}, PreferredBackupTime ${backup?.time ?? "?"}`;
  const next = windows
    .flatMap(({ what, time, minutes }) => (minutes === null ? [] : [{ what, time: time ?? "", minutes }]))
    .sort((left, right) => left.minutes - right.minutes)[0];
  if (!next) return { verdict: "unknown", params: { what: "none", time: "", minutes: 0 }, answer };
  const verdict = next.minutes <= SOON_MINUTES ? "warn" : "pass";
  return { verdict, params: next, answer, gist: `${next.what} ${next.time}` };
}
