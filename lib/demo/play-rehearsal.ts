import type { Ctx } from "@/lib/context/context";
import type { MigrationView } from "@/lib/contracts/migration";
import { createDraft } from "@/lib/services/draft/create-draft";
import { findRehearsed } from "@/lib/services/draft/find-rehearsed";
import { rehearsalDraft } from "@/lib/services/draft/rehearse-draft";
import { startMigration } from "@/lib/services/draft/start-migration";
import { getMigration } from "@/lib/services/migration/get-migration";
import { dropRehearsal } from "@/lib/services/record/drop-rehearsal";
import type { SandboxEndpoints } from "@/sandbox/sandbox";
import type { DemoBlocker } from "./demo-blocker";
import { type DemoKind, demoDraft } from "./demo-draft";
import { passPreflight } from "./pass-preflight";

/** What a rehearsal showed, and what is left of it. */
export interface PlayedRehearsal {
  database: string | null;
  status: string;
  /** From the call to the database online. */
  openSeconds: number | null;
  filesImported: number;
  dropped: boolean;
  /** What blocked it before it began. */
  blocker: string | null;
}

const LOOK_MS = 200;

/** Rehearses the demo's migration: nobody stops writes, the database is opened, measured and dropped. */
export async function playRehearsal(
  ctx: Ctx,
  kind: DemoKind,
  endpoints: SandboxEndpoints,
): Promise<PlayedRehearsal> {
  const draft = rehearsalDraft(demoDraft(kind, endpoints));
  const known = await ctx.db.migration.findFirst({ where: { rehearsal: true }, select: { id: true } });
  const { id, blocker } = known ? { id: known.id, blocker: null } : await begin(ctx, draft);
  const ended = blocker === null ? await waitUntilOver(ctx, id) : null;
  const seen = await findRehearsed(ctx, { ...draft, rehearsal: false });
  const last = ended?.rehearsal?.droppable
    ? await dropRehearsal({
        ctx,
        input: { migrationId: id, drop: { confirmName: ended.target.database ?? "" } },
      })
    : ended;
  return {
    database: draft.targetDatabase,
    status: last?.status ?? "blocked",
    openSeconds: seen?.openSeconds ?? null,
    filesImported: last?.filesImported ?? 0,
    dropped: last?.rehearsal?.droppedAt != null,
    blocker: blocker?.probe ?? null,
  };
}

async function begin(
  ctx: Ctx,
  draft: ReturnType<typeof rehearsalDraft>,
): Promise<{ id: string; blocker: DemoBlocker | null }> {
  const { id } = await createDraft({ ctx, input: { draft } });
  const blocker = await passPreflight(ctx, id);
  if (blocker === null) await startMigration({ ctx, input: { migrationId: id, reviewed: draft } });
  return { id, blocker };
}

const OVER: ReadonlySet<string> = new Set(["succeeded", "cancelled", "failed", "unknown"]);

async function waitUntilOver(ctx: Ctx, migrationId: string): Promise<MigrationView> {
  for (;;) {
    const view = await getMigration({ ctx, input: { migrationId } });
    if (OVER.has(view.status)) return view;
    await new Promise((settle) => setTimeout(settle, LOOK_MS));
  }
}
