import { lstat } from "node:fs/promises";
import type { BackupReading } from "@/lib/backup/header";
import { readBackup } from "@/lib/backup/read-backup";
import { assessChain } from "@/lib/chain/assess-chain";
import type { ChainFile } from "@/lib/chain/verdict";
import type { Ctx, Use } from "@/lib/context/context";
import { withDeadline } from "@/lib/context/deadline";
import { requireRole } from "@/lib/context/require-role";
import type { TimelinesView } from "@/lib/contracts/draft-timelines";
import type { MigrationDraft } from "@/lib/contracts/migration";
import { isAppError } from "@/lib/diagnosis/app-error";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { toTimelineChoice } from "@/lib/migration/known-timelines";
import { readObjectBackup } from "@/lib/oss/read-object-backup";
import { isFileSystemError, withLocalSource } from "@/lib/steps/find-file/list-candidates";
import { walkFolder } from "@/lib/steps/find-file/walk-folder";
import { loadDraft } from "@/lib/store/load-draft";

/** Headers of so many of the newest files are read: a folder of years has more than a person waits for. */
const MOST_READ = 200;
const AT_ONCE = 8;
const MOST_LISTED = 1_000;
const SOURCE_MS = 8_000;

const NOTHING: TimelinesView = { timelines: [], looked: 0, of: 0, sourceForkGuid: null };

/**
 * Of which timelines the backups are that lie where a draft would take them from, by their headers: to be chosen between before
 * anything is started. Nothing where the app takes the backups itself, and before the place is chosen. Throws `not_found`; a
 * place that cannot be read is found by preflight, and is nothing here.
 */
export async function findTimelines({ ctx, input }: Use<{ migrationId: string }>): Promise<TimelinesView> {
  requireRole(ctx.actor, "operator");
  const draft = await loadDraft(ctx.db, input.migrationId);
  if (draft.backupBy !== "others") return NOTHING;
  const pile = await readPile(ctx, draft);
  if (pile === null) return NOTHING;
  const { identity } = assessChain({
    files: pile.files,
    from: null,
    database: draft.sourceDatabase,
    known: null,
  });
  return {
    timelines: identity.timelines.map(toTimelineChoice),
    looked: pile.looked,
    of: pile.of,
    sourceForkGuid: identity.timelines.length > 1 ? await forkOfSource(ctx, draft) : null,
  };
}

interface Pile {
  files: ChainFile[];
  looked: number;
  of: number;
}

async function readPile(ctx: Ctx, draft: MigrationDraft): Promise<Pile | null> {
  try {
    return await (draft.transport === "shared_folder"
      ? readFolder(draft.localFolder)
      : readBucket(ctx, draft));
  } catch (error) {
    if (isExternalError(error) || isAppError(error) || isFileSystemError(error)) return null;
    throw error;
  }
}

async function readFolder(folder: string): Promise<Pile | null> {
  if (folder.trim() === "") return null;
  const walked = await walkFolder(folder.trim(), []);
  const dated = await mapSome(walked, async ({ path, relativePath }) => {
    const { mtimeMs } = await lstat(path);
    return { path, relativePath, mtimeMs };
  });
  const newest = dated.sort((a, b) => b.mtimeMs - a.mtimeMs).slice(0, MOST_READ);
  const files = await mapSome(newest, async ({ path, relativePath }) =>
    toChainFile(relativePath, await withLocalSource(path, (source) => readBackup(source))),
  );
  return { files: files.flatMap((file) => file ?? []), looked: newest.length, of: walked.length };
}

async function readBucket(
  ctx: Ctx,
  { cloudConnectionId, bucket, prefix }: MigrationDraft,
): Promise<Pile | null> {
  if (cloudConnectionId === null || bucket === null) return null;
  const store = await ctx.clients.objects(cloudConnectionId);
  const { objects } = await store.listObjects({ bucket, prefix, limit: MOST_LISTED });
  const listed = objects.filter(({ key }) => !key.endsWith("/"));
  const newest = [...listed]
    .sort((a, b) => b.lastModifiedAt.localeCompare(a.lastModifiedAt))
    .slice(0, MOST_READ);
  const files = await mapSome(newest, async ({ key }) =>
    toChainFile(key, await readObjectBackup(store, { connectionId: cloudConnectionId, bucket, key })),
  );
  return { files: files.flatMap((file) => file ?? []), looked: newest.length, of: listed.length };
}

function toChainFile(name: string, reading: BackupReading): ChainFile | null {
  const set = reading.ok && reading.complete && reading.sets.length === 1 ? reading.sets[0] : undefined;
  return set && set.family.count === 1 ? { name, complete: true, set } : null;
}

/** A few at a time; what cannot be looked at now, a file that is being written or is gone, is left out. */
async function mapSome<T, R>(all: readonly T[], look: (one: T) => Promise<R>): Promise<R[]> {
  const found: R[] = [];
  for (let at = 0; at < all.length; at += AT_ONCE) {
    const looked = await Promise.allSettled(all.slice(at, at + AT_ONCE).map(look));
    for (const one of looked) {
      if (one.status === "fulfilled") found.push(one.value);
      else if (!isFileSystemError(one.reason) && !isAppError(one.reason) && !isExternalError(one.reason))
        throw one.reason;
    }
  }
  return found;
}

/** Null: there is no source to ask, or it does not answer. */
async function forkOfSource(
  ctx: Ctx,
  { sourceConnectionId, sourceDatabase }: MigrationDraft,
): Promise<string | null> {
  if (sourceConnectionId === null || sourceDatabase === null) return null;
  try {
    const guard = ctx.clients
      .source(sourceConnectionId)
      .then((source) => source.readChainGuard(sourceDatabase));
    return (await withDeadline(guard, SOURCE_MS))?.forkGuid ?? null;
  } catch (error) {
    if (!isExternalError(error) && !isAppError(error)) throw error;
    return null;
  }
}
