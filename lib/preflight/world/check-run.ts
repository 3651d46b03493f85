import type { Ctx } from "@/lib/context/context";
import { CheckRunView } from "@/lib/contracts/preflight";
import type { Prisma } from "@/lib/store/generated/client";

export type CheckRun = CheckRunView;

/** Beside the answers of the probes lies the state of the CHECKDB that was run from here, under an id that no probe has. */
export const CHECK_RUN_ID = "source.checkdb_run";
/** A run that has not been heard of so long is gone with its process. */
const SILENT_MS = 20_000;

/** The stored row: `at` is the heartbeat; a filled `acceptedReason` asks for the end. */
export async function loadCheckRun(
  ctx: Pick<Ctx, "db" | "now">,
  migrationId: string,
): Promise<CheckRun | null> {
  const row = await ctx.db.migrationProbe.findUnique({
    where: { migrationId_probeId: { migrationId, probeId: CHECK_RUN_ID } },
  });
  const view = row ? CheckRunView.safeParse(row.view).data : undefined;
  if (!row || !view) return null;
  const silent = ctx.now().getTime() - row.at.getTime() > SILENT_MS;
  return view.state === "running" && silent ? { ...view, state: "lost" } : view;
}

/** Writes the run's state. With `ends` unset it is a heartbeat; the answer says whether somebody asked for its end. */
export async function saveCheckRun(
  ctx: Pick<Ctx, "db" | "now">,
  migrationId: string,
  run: CheckRun,
): Promise<{ cancelAsked: boolean }> {
  const where = { migrationId_probeId: { migrationId, probeId: CHECK_RUN_ID } };
  const data = { verdict: run.state, view: run satisfies Prisma.InputJsonObject, at: ctx.now() };
  const row = await ctx.db.migrationProbe.upsert({
    where,
    create: { migrationId, probeId: CHECK_RUN_ID, ...data },
    update: data,
  });
  return { cancelAsked: row.acceptedReason !== null };
}
