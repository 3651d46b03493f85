import { remedyScript } from "@/lib/diagnosis/build-remedy-script";
import type { ProbeWorld } from "@/lib/preflight/world/probe-world";
import { sourceTimeMs } from "@/lib/preflight/world/source-time";
import type { Finding, Probe } from "./probe";

const DAY_MS = 86_400_000;
/** RDS asks for a source without errors; a week is what maintenance plans keep. */
const OLD_AFTER_DAYS = 7;

/** Whether somebody has looked lately if the data is sound. */
export function checkProbes(world: ProbeWorld, database: string): Probe[] {
  return [
    {
      id: "source.checkdb",
      asked: `DATABASEPROPERTYEX('${database}', 'LastGoodCheckDbTime')`,
      params: { database },
      prevents: "RDS: DBCC checkdb failed",
      look: () => checkFinding(world, database),
    },
  ];
}

async function checkFinding(world: ProbeWorld, database: string): Promise<Finding> {
  const [last, { utcOffsetMinutes }, run] = await Promise.all([
    world.facts.lastCheck(),
    world.identity(),
    world.checkRun(),
  ]);
  const script = remedyScript.checkDatabase(database);
  const checkedMs = last === null ? null : sourceTimeMs(last, utcOffsetMinutes);
  const damaged = run?.state === "errors" && (checkedMs ?? 0) < Date.parse(run.startedAt);
  if (damaged) {
    const answer = run.lines.at(-1) ?? "errors";
    return { verdict: "block", params: { days: 0, at: "", cause: "errors" }, answer, script };
  }
  if (checkedMs === null) {
    return { verdict: "warn", params: { days: 0, at: "", cause: "never" }, answer: "never", script };
  }
  const days = Math.max(0, Math.floor((world.ctx.now().getTime() - checkedMs) / DAY_MS));
  const old = days > OLD_AFTER_DAYS;
  const at = last?.slice(0, 16).replace("T", " ") ?? "";
  return {
    verdict: old ? "warn" : "pass",
    params: { days, at, cause: old ? "old" : "ok" },
    answer: last ?? "",
    script,
  };
}
