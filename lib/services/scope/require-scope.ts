import type { Actor, Ctx } from "@/lib/context/context";
import type { MigrationDraft } from "@/lib/contracts/migration";
import type { Scope } from "@/lib/contracts/scope";
import { AppError } from "@/lib/diagnosis/app-error";
import { Prisma } from "@/lib/store/generated/client";

/** What a call is about, for who is limited. */
export interface ScopedTo {
  migrationId?: string;
  connectionId?: string;
  instanceId?: string;
  /** Of the instance of the connection. */
  taskId?: string;
  /** All of a bucket, in which everybody's files lie. */
  wholeBucket?: boolean;
  /** What a draft would be about. */
  draft?: Pick<MigrationDraft, LimitedColumn> | null;
}

/** What of a migration each list limits. */
const LIMITED = [
  ["sourceConnectionId", "connections"],
  ["cloudConnectionId", "connections"],
  ["instanceId", "instances"],
  ["sourceDatabase", "databases"],
] as const;
type LimitedColumn = (typeof LIMITED)[number][0];

/** The columns of a migration that a scope limits, with what they may be; an empty list limits nothing. */
function limitsOf(scope: Scope | null): { column: LimitedColumn; list: string[] }[] {
  if (scope === null) return [];
  return LIMITED.flatMap(([column, name]) =>
    scope[name].length === 0 ? [] : [{ column, list: scope[name] }],
  );
}

/** To what an actor is limited; null: to nothing. */
export function scopeOf(actor: Actor): Scope | null {
  return actor.kind === "person" && actor.role !== "administrator" ? (actor.scope ?? null) : null;
}

/** Whether a list lets a name through. */
export function lets(list: readonly string[], name: string): boolean {
  return list.length === 0 || list.includes(name);
}

/**
 * Throws for who is limited what they would be told if there were no such thing; `out_of_scope` for what cannot be told apart, or
 * for what they are about to choose.
 */
export async function requireInScope(ctx: Ctx, to: ScopedTo): Promise<void> {
  const scope = scopeOf(ctx.actor);
  if (scope === null) return;
  const { migrationId, connectionId, instanceId, taskId, draft } = to;
  if (connectionId !== undefined && !lets(scope.connections, connectionId)) {
    throw new AppError("not_found", "connection_not_found");
  }
  if (instanceId !== undefined && !lets(scope.instances, instanceId)) {
    throw new AppError("not_found", "instance_not_found", { instanceId });
  }
  if (to.wholeBucket && scope.instances.length + scope.databases.length > 0) throw outOfScope();
  if (draft) {
    // Not chosen yet is empty or null.
    const strays = limitsOf(scope).some(({ column, list }) => draft[column] && !list.includes(draft[column]));
    if (strays) throw outOfScope();
  }
  if (taskId !== undefined && scope.databases.length > 0) {
    const task = await ctx.db.importTask.findFirst({
      where: {
        rdsTaskId: taskId,
        connectionId: connectionId ?? "",
        instanceId: instanceId ?? "",
        databaseName: { in: scope.databases },
      },
      select: { rdsTaskId: true },
    });
    if (task === null) throw new AppError("not_found", "task_not_found", { taskId });
  }
  if (migrationId !== undefined) {
    const found = await ctx.db.migration.findFirst({
      where: { id: migrationId, ...migrationsInScope(ctx.actor) },
      select: { id: true },
    });
    if (found === null) throw new AppError("not_found", "migration_not_found");
  }
}

export function outOfScope(): AppError {
  return new AppError("forbidden", "out_of_scope");
}

/**
 * Which migrations an actor sees: in each list that limits them, or not that far yet and their own. `{}`: all of them.
 */
export function migrationsInScope(actor: Actor): Prisma.MigrationWhereInput {
  const limits = limitsOf(scopeOf(actor));
  if (limits.length === 0) return {};
  return {
    AND: limits.map(({ column, list }) => ({
      OR: [{ [column]: { in: list } }, { [column]: null, createdBy: actor.id }],
    })),
  };
}

/** The same for a query of the table `m`, as conditions of SQL. */
export function migrationsInScopeSql(actor: Actor): Prisma.Sql[] {
  return limitsOf(scopeOf(actor)).map(({ column, list }) => {
    const value = Prisma.raw(`m."${column}"`);
    return Prisma.sql`(${value} IN (${Prisma.join(list)}) OR (${value} IS NULL AND m."createdBy" = ${actor.id}))`;
  });
}

/** Tasks of the table `t` by themselves: those made in the console have no migration. */
export function tasksInScopeSql(actor: Actor): Prisma.Sql[] {
  const scope = scopeOf(actor);
  if (scope === null) return [];
  const column = (name: string, list: readonly string[]): Prisma.Sql[] =>
    list.length === 0 ? [] : [Prisma.sql`${Prisma.raw(`t."${name}"`)} IN (${Prisma.join([...list])})`];
  return [
    ...column("connectionId", scope.connections),
    ...column("instanceId", scope.instances),
    ...column("databaseName", scope.databases),
  ];
}
