import type { BackupReading, BackupSet } from "@/lib/backup/header";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { joinSourcePath, objectBaseName } from "@/lib/migration/object-name";
import { isSeal, type Seal } from "@/lib/migration/vocabulary/witness";
import type { SourceServer } from "@/lib/sqlserver/source-server";
import type { FileRow } from "@/lib/store/typed-rows";
import { isUsable } from "../inspect/inspect-object";
import type { StepRun } from "../step-run";
import type { Candidate } from "./list-candidates";

export interface Witnessed {
  candidates: Candidate[];
  /** Identities of files about which the source could not be asked now: they are looked at again. */
  unasked: ReadonlySet<string>;
}

/**
 * What backups are whose bytes cannot be read here: SQL Server is asked to read each where it lies, else msdb for a file of
 * its name and size. What they know is taken for its header; an encrypted one, and one that nobody knows, is a question for
 * a person (`unread`). What was answered before, by a person too, is not asked again.
 */
export async function askWitnesses(run: StepRun, candidates: readonly Candidate[]): Promise<Witnessed> {
  const unasked = new Set<string>();
  const witnessed: Candidate[] = [];
  let source: Promise<SourceServer | null> | null = null;
  for (const candidate of candidates) {
    const seal = sealOf(candidate.reading);
    if (seal === null) {
      witnessed.push(candidate);
      continue;
    }
    if (run.migration.files.some((file) => isAnswered(file, candidate))) continue;
    source ??= openSource(run);
    const server = await source;
    const answer = server === null ? "unasked" : await answerOf(run, server, candidate);
    if (answer === "unasked" && run.migration.sourceConnectionId !== null) unasked.add(candidate.identity);
    witnessed.push(withAnswer(candidate, seal, answer));
  }
  return { candidates: witnessed, unasked };
}

function sealOf(reading: BackupReading): Seal | null {
  return !reading.ok && isSeal(reading.error.code) ? reading.error.code : null;
}

/** This very file has its answer already, or waits for a person's with all that the source had to say. */
function isAnswered(file: FileRow, candidate: Candidate): boolean {
  const isSame =
    file.objectKey === candidate.objectKey &&
    file.sizeBytes === BigInt(candidate.sizeBytes) &&
    (candidate.localPath !== null || file.etag === candidate.version);
  if (!isSame) return false;
  const isTold = file.unread !== null && file.unread.told !== null;
  const isWitnessed = file.unread === null && file.witness !== null && file.witness.by !== "bytes";
  return !isUsable(file) || isTold || isWitnessed;
}

type Told = { by: "server" | "history"; sets: BackupSet[] };
type Answer = Told | "nobody" | "unasked";

function withAnswer(candidate: Candidate, seal: Seal, answer: Answer): Candidate {
  if (typeof answer === "string") return { ...candidate, unread: { seal, told: null } };
  const { by } = answer;
  const sets = answer.sets.map((set) => ({ ...set, encrypted: seal === "encrypted" }));
  const { reads, bytesRead, sizeBytes } = candidate.reading;
  return {
    ...candidate,
    reading: { reads, bytesRead, sizeBytes, ok: true, container: "mssqlbak", complete: true, sets },
    witness: { by, who: null },
    // RDS restores it with its certificate only, of which nothing can be told from here.
    ...(seal === "encrypted" ? { unread: { seal, told: by } } : {}),
  };
}

async function openSource(run: StepRun): Promise<SourceServer | null> {
  const { sourceConnectionId } = run.migration;
  if (sourceConnectionId === null) return null;
  return orUnasked(run, run.ctx.clients.source(sourceConnectionId));
}

async function answerOf(run: StepRun, source: SourceServer, candidate: Candidate): Promise<Answer> {
  const path = pathAtSource(run, candidate);
  if (path !== null) {
    const read = await orUnasked(run, orRefused(source.readHeaders(path)));
    if (read === null) return "unasked";
    if (read !== "refused" && isOfSize(read, candidate.sizeBytes)) return { by: "server", sets: read };
  }
  const query = path === null ? { file: objectBaseName(candidate.identity) } : { path };
  const recorded = await orUnasked(run, orRefused(source.findRecordedSets(query)));
  if (recorded === null) return "unasked";
  const isKnown = recorded !== "refused" && isOfSize(recorded, candidate.sizeBytes);
  return isKnown ? { by: "history", sets: recorded } : "nobody";
}

/** Where SQL Server sees a file of the shared folder; null for an object of a bucket, and where the folder has no such name. */
function pathAtSource({ migration }: StepRun, { localPath, identity }: Candidate): string | null {
  const folder = migration.sourceFolder?.trim();
  if (localPath === null || !folder) return null;
  return identity.split("/").reduce(joinSourcePath, folder);
}

/** msdb counts headers that are not in every file, and blocks are filled up. */
const SLACK_BYTES = 65_536;
const SLACK_SHARE = 0.01;

/** Whether a file may be these sets: a name alone proves nothing, files are overwritten. */
export function isOfSize(sets: readonly BackupSet[], sizeBytes: number): boolean {
  if (sets.length === 0) return false;
  const stored = sets.reduce((sum, set) => sum + (set.compressedSizeBytes ?? set.backupSizeBytes ?? 0), 0);
  return Math.abs(sizeBytes - stored) <= SLACK_BYTES * sets.length + stored * SLACK_SHARE;
}

/** A number of SQL Server's own is an answer: it may not read the file, or not look. */
async function orRefused<T>(answer: Promise<T>): Promise<T | "refused"> {
  try {
    return await answer;
  } catch (error) {
    if (isExternalError(error) && /^\d+$/.test(error.fields.providerCode ?? "")) return "refused";
    throw error;
  }
}

/** Null: it could not be asked now. */
async function orUnasked<T>(run: StepRun, answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (!isExternalError(error)) throw error;
    run.ctx.log.warn(
      { err: error },
      "the source could not be asked what a backup is that cannot be read here",
    );
    return null;
  }
}
