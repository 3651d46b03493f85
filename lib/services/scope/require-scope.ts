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
  draft?: Pick<
    MigrationDraft,
    "sourceConnectionId" | "cloudConnectionId" | "instanceId" | "sourceDatabase"
  > | null;
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
    const { sourceConnectionId, cloudConnectionId, sourceDatabase } = draft;
    const chosen: [readonly string[], string | null][] = [
      [scope.connections, sourceConnectionId],
      [scope.connections, cloudConnectionId],
      [scope.instances, draft.instanceId],
      [scope.databases, sourceDatabase],
    ];
    // Not chosen yet is empty or null.
    if (chosen.some(([list, name]) => name && !lets(list, name))) throw outOfScope();
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
  const scope = scopeOf(actor);
  if (scope === null) return {};
  const column = (
    name: "sourceConnectionId" | "cloudConnectionId" | "instanceId" | "sourceDatabase",
    list: readonly string[],
  ): Prisma.MigrationWhereInput[] =>
    list.length === 0 ? [] : [{ OR: [{ [name]: { in: [...list] } }, { [name]: null, createdBy: actor.id }] }];
  return {
    AND: [
      ...column("sourceConnectionId", scope.connections),
      ...column("cloudConnectionId", scope.connections),
      ...column("instanceId", scope.instances),
      ...column("sourceDatabase", scope.databases),
    ],
  };
}

/** The same for a query of the table `m`, as conditions of SQL. */
export function migrationsInScopeSql(actor: Actor): Prisma.Sql[] {
  const scope = scopeOf(actor);
  if (scope === null) return [];
  const column = (name: string, list: readonly string[]): Prisma.Sql[] => {
    if (list.length === 0) return [];
    const value = Prisma.raw(`m."${name}"`);
    return [
      Prisma.sql`(${value} IN (${Prisma.join([...list])}) OR (${value} IS NULL AND m."createdBy" = ${actor.id}))`,
    ];
  };
  return [
    ...column("sourceConnectionId", scope.connections),
    ...column("cloudConnectionId", scope.connections),
    ...column("instanceId", scope.instances),
    ...column("sourceDatabase", scope.databases),
  ];
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
