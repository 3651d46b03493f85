import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { MigrationListView } from "@/lib/contracts/migration-list";
import { migrationsInScope, migrationsInScopeSql } from "@/lib/services/scope/require-scope";
import { KeptReading } from "@/lib/store/kept-reading";
import { perStore } from "@/lib/store/per-store";
import { ListHistory } from "./list-history";
import { ListedMigrations } from "./listed-migrations";
import type { MigrationList } from "./migration-list";

type Reading = KeptReading<Ctx, MigrationList>;

const listsOf = perStore(() => ({ listed: new ListedMigrations(), byScope: new Map<string, Reading>() }));
/** Of people who are limited, each in their own way. */
const MOST_SCOPES = 200;
/** Of more it takes a while to see what has changed, and who shows so many asks every few seconds. */
const MANY = 200;
const KEEPING = { oldestMs: 2_000, everyMs: 1_000, askedMs: 15_000 };

/**
 * All migrations that may still go on and the newest of those that are over and not put away, newest first, by the summaries that
 * are kept of them. A summary that is not of its migration's newest version is made anew and kept. Those that another version wrote in its
 * own way are named apart. Who is limited gets those of their limits. Many who ask at once share an answer that was read after they asked; of more than 200 it may have been read
 * two seconds before, but never before `listsMayDiffer` was called.
 */
export async function listMigrations({ ctx }: Use<Record<string, never>>): Promise<MigrationListView> {
  return (await readList(ctx)).view();
}

/**
 * The same as JSON, which a list of a thousand is sooner (`MigrationListView`); `since`: what has changed since the answer that gave this
 * cursor (`MigrationListChanges`).
 */
export async function listMigrationsJson({
  ctx,
  input: { since },
}: Use<{ since?: string | undefined }>): Promise<string> {
  const list = await readList(ctx);
  return since === undefined ? list.json() : list.changesJson(since);
}

/** This process has written something: whoever did so is not to be shown what was before. */
export function listsMayDiffer({ db }: Pick<Ctx, "db">): void {
  for (const reading of listsOf(db).byScope.values()) reading.changed();
}

async function readList(ctx: Ctx): Promise<MigrationList> {
  requireRole(ctx.actor, "viewer");
  const { listed, byScope } = listsOf(ctx.db);
  const scope = JSON.stringify([migrationsInScope(ctx.actor)]);
  let reading = byScope.get(scope);
  if (reading === undefined) {
    if (byScope.size >= MOST_SCOPES) byScope.clear();
    const history = new ListHistory();
    reading = new KeptReading(
      (asker) => listed.read(asker, migrationsInScopeSql(asker.actor), history),
      (list) => list.size > MANY,
      KEEPING,
    );
    byScope.set(scope, reading);
  }
  return (await reading.ask(ctx)).asOf(ctx.now());
}
