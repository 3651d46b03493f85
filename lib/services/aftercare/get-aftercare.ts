import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { AftercareUser, AftercareView } from "@/lib/contracts/aftercare";
import { buildAftercareScripts } from "@/lib/diagnosis/build-aftercare-script";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { failureOf } from "@/lib/diagnosis/failure-of";
import { type Aftercare, accountNameFor, isRevertOpen, privilegeFor } from "@/lib/migration/aftercare";
import type { SourceInventory } from "@/lib/migration/source-inventory";
import type { RdsUser } from "@/lib/rds/rds-account";
import { listCountBy } from "./list-count-by";
import { loadOnline, type OnlineMigration, readAtStop, totalOf } from "./load-aftercare";
import { stepViews } from "./step-views";

/**
 * What is left to do of a migration that is online, with what source and RDS say of it now; what cannot be asked is told, and the
 * rest is there. Throws `not_found`, `conflict`/`aftercare_too_early`.
 */
export async function getAftercare({ ctx, input }: Use<{ migrationId: string }>): Promise<AftercareView> {
  requireRole(ctx.actor, "viewer");
  const { migrationId } = input;
  const online = await loadOnline(ctx.db, migrationId);
  const { row, kept, target } = online;
  const atStop = await readAtStop(ctx.db, migrationId);
  const [source, rds] = await Promise.all([askSource(ctx, online, atStop.inventory), askRds(ctx, online)]);
  const nowMs = ctx.now().getTime();
  const rowCounts = atStop.rowCounts;
  const { users = [], ...inventory } = source.inventory ?? { users: [] };
  const compatibilityLevel = source.inventory?.compatibilityLevel ?? null;
  return {
    steps: stepViews(kept),
    users: users.map((user) =>
      userView(user, { kept, accounts: rds.accounts, database: target.databaseName }),
    ),
    inventory: "jobs" in inventory ? inventory : null,
    inventoryGap: source.gap,
    sourceCounts: totalOf(rowCounts),
    counts: kept.counts,
    countBy: await listCountBy(ctx, row),
    backup: kept.backup,
    backupPercent: rds.backupPercent,
    policy: rds.policy,
    revert: kept.revert,
    revertOpen: isRevertOpen(kept, nowMs),
    rdsFailure: rds.failure,
    scripts: buildAftercareScripts({
      target: target.databaseName,
      source: row.sourceDatabase ?? target.databaseName,
      compatibilityLevel,
      users: users
        .filter(({ kind }) => kind === "sql")
        .map(({ user, login }) => ({
          user,
          account: kept.accounts.find((one) => one.user === user)?.account ?? accountNameFor(login ?? user),
        })),
      orphans: users.filter(({ kind }) => kind !== "sql").map(({ user }) => user),
    }),
    serverNow: ctx.now().toISOString(),
  };
}

function userView(
  user: SourceInventory["users"][number],
  known: { kept: Aftercare; accounts: readonly RdsUser[]; database: string },
): AftercareUser {
  const suggestedName = accountNameFor(user.login ?? user.user);
  const account = known.kept.accounts.find((one) => one.user === user.user)?.account ?? null;
  const listed = known.accounts.find(({ name }) => name === (account ?? suggestedName));
  const isOurs = (name: string) => name.toLowerCase() === known.database.toLowerCase();
  return {
    ...user,
    possible: user.kind === "sql",
    suggestedName,
    suggestedPrivilege: privilegeFor(user),
    account,
    onRds: listed
      ? {
          name: listed.name,
          privilege: listed.privileges.find(({ databaseName }) => isOurs(databaseName))?.privilege ?? null,
        }
      : null,
  };
}

/** As it was when writes were stopped; else as the source says it now, while it can be read. */
async function askSource(
  ctx: Ctx,
  { row }: OnlineMigration,
  atStop: SourceInventory | null,
): Promise<{ inventory: SourceInventory | null; gap: AftercareView["inventoryGap"] }> {
  if (atStop) return { inventory: atStop, gap: null };
  if (row.sourceConnectionId === null || row.sourceDatabase === null)
    return { inventory: null, gap: "not_told" };
  try {
    const source = await ctx.clients.source(row.sourceConnectionId);
    const database = await source.findDatabase(row.sourceDatabase);
    if (database?.state !== "ONLINE") return { inventory: null, gap: "closed" };
    return { inventory: await source.facts.inventory(row.sourceDatabase), gap: null };
  } catch (error) {
    if (!isExternalError(error)) throw error;
    return { inventory: null, gap: "not_told" };
  }
}

interface RdsSays {
  accounts: RdsUser[];
  policy: AftercareView["policy"];
  backupPercent: number | null;
  failure: AftercareView["rdsFailure"];
}

async function askRds(ctx: Ctx, { kept, target }: OnlineMigration): Promise<RdsSays> {
  const { instanceId, connectionId } = target;
  const runs = kept.backup !== null && kept.backup.ok === null;
  try {
    const rds = await ctx.clients.rds(connectionId);
    const [accounts, policy, jobs] = await Promise.all([
      rds.listAccounts({ instanceId, name: null }),
      rds.getBackupPolicy(instanceId),
      runs ? rds.listBackupJobs({ instanceId, jobId: kept.backup?.jobId ?? null }) : [],
    ]);
    return { accounts, policy, backupPercent: jobs[0]?.percent ?? null, failure: null };
  } catch (error) {
    if (!isExternalError(error)) throw error;
    return { accounts: [], policy: null, backupPercent: null, failure: failureOf(error) };
  }
}
