import { statfs } from "node:fs/promises";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { foldersOf } from "@/lib/migration/folder-pair";
import { mayUseFolders } from "@/lib/preflight/world/may-use-folders";
import { factsOf, type ProbeWorld } from "@/lib/preflight/world/probe-world";
import { compressionAbility } from "@/lib/sqlserver/backup-abilities";
import { checkFolderMapping } from "./check-folder-mapping";
import type { Finding, Probe } from "./probe";

/** A compressed backup is seldom larger than half of the used pages. */
const COMPRESSED_SHARE = 0.5;
const ROOM_TO_SPARE = 1.5;
const BACKUPS_ASKED = 20;

/** Whoever may not use the folders learns nothing of them, and nothing is put into them. */
async function notApproved({ ctx, draft }: ProbeWorld): Promise<Finding | null> {
  const { actor } = ctx;
  const pair = foldersOf(draft);
  if (pair === null || actor.role === "administrator" || (await mayUseFolders(ctx, ctx.db, pair)))
    return null;
  const cause = "not_approved";
  return {
    verdict: "block",
    params: { cause, freeBytes: 0, neededBytes: 0 },
    answer: "not asked",
    gist: cause,
  };
}

/** The folder that SQL Server writes to and this process reads. */
export function folderProbes(world: ProbeWorld): Probe[] {
  const { draft } = world;
  const sharesFolder = draft.backupBy === "app" || draft.transport === "shared_folder";
  if (!sharesFolder || draft.localFolder.trim() === "") return [];
  const sourceFolder = draft.backupBy === "app" ? draft.sourceFolder.trim() : "";
  const on = sourceFolder.startsWith("\\\\") ? "share" : "here";
  const params = { sourceFolder, localFolder: draft.localFolder, on };
  const mapping: Probe = {
    id: "folder.mapping",
    asked:
      sourceFolder === ""
        ? `read ${draft.localFolder}`
        : `xp_create_subdir in ${sourceFolder}, seen in ${draft.localFolder}; a file of ours, RESTORE HEADERONLY`,
    params,
    prevents:
      "Msg 3201: Cannot open backup device. Operating system error 5(Access is denied.) / 3(The system cannot find the path specified.)",
    look: async () => (await notApproved(world)) ?? checkFolderMapping(world),
  };
  const ours = draft.backupBy === "app" && draft.sourceConnectionId !== null && draft.sourceDatabase !== null;
  if (!ours || sourceFolder === "") return [mapping];
  return [
    mapping,
    {
      id: "folder.space",
      asked: `xp_fixeddrives, statfs ${draft.localFolder}`,
      params,
      prevents: "Msg 3202: Write on … failed: 112(There is not enough space on the disk.)",
      look: async () => (await notApproved(world)) ?? spaceFinding(world, sourceFolder),
    },
    {
      id: "backup.compression",
      asked: "SERVERPROPERTY('EngineEdition'), SERVERPROPERTY('ProductVersion'), msdb.dbo.backupset",
      params,
      freshMinutes: 60,
      prevents: "Msg 1844: BACKUP DATABASE WITH COMPRESSION is not supported on this edition.",
      look: async () => {
        const { edition, productVersion, engineEdition } = await world.identity();
        const ability = await abilityOf(world);
        return {
          verdict: ability === "proven" ? "pass" : "warn",
          params: { edition, ability },
          answer: `${productVersion}, ${edition}, engine ${engineEdition}: ${ability}`,
          gist: ability,
        };
      },
    },
  ];
}

/** What the server has compressed before tells more than its edition; a login that may not see msdb leaves it open. */
async function abilityOf(world: ProbeWorld): Promise<ReturnType<typeof compressionAbility>> {
  const [identity, source] = await Promise.all([world.identity(), world.source()]);
  const database = world.draft.sourceDatabase ?? "";
  const history = await source.listBackups({ database, limit: BACKUPS_ASKED }).catch((error: unknown) => {
    if (isExternalError(error)) return [];
    throw error;
  });
  return compressionAbility(identity, history);
}

/** The smaller of what SQL Server and we see: the two may look at quotas of their own. */
async function spaceFinding(world: ProbeWorld, sourceFolder: string): Promise<Finding> {
  const [facts, storage, ability, drives, local] = await Promise.all([
    factsOf(world),
    world.facts.storage(),
    abilityOf(world),
    // Mount points and Linux have no letters, and a login may be refused: then what we see must do.
    world.facts.drives().catch(() => new Map<string, number>()),
    freeHere(world.draft.localFolder),
  ]);
  const letter = /^([A-Za-z]):/.exec(sourceFolder)?.[1]?.toUpperCase();
  const remote = letter === undefined ? null : (drives.get(letter) ?? null);
  const used = storage.usedBytes ?? facts.dataBytes;
  const known = [remote, local].filter((bytes) => bytes !== null);
  const answer = `SQL Server ${remote ?? "unknown"}, here ${local ?? "unknown"} bytes free`;
  if (used === null || known.length === 0) {
    return { verdict: "unknown", params: { freeBytes: 0, neededBytes: used ?? 0 }, answer, gist: "unknown" };
  }
  const neededBytes = Math.ceil(used * (ability === "proven" ? COMPRESSED_SHARE : 1));
  const freeBytes = Math.min(...known);
  const verdict =
    freeBytes < neededBytes ? "block" : freeBytes < neededBytes * ROOM_TO_SPARE ? "warn" : "pass";
  return { verdict, params: { freeBytes, neededBytes }, answer, gist: verdict };
}

async function freeHere(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}
