import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { errorCode } from "@/lib/diagnosis/error-code";

/** What makes a data folder unusable, found by reading alone. */
export interface FolderDamage {
  /** Relative to the data folder. */
  file: string;
  /** A clause: "is missing", "holds 100 of 8192 bytes". */
  what: string;
}

/** Of the PostgreSQL in PGlite 0.5: the folder of another one is not this program's to judge beyond its version. */
const POSTGRESQL_MAJOR = "18";
/** Without these PostgreSQL either refuses to start or, worse, takes the folder for a new one. */
const NEEDED_FOLDERS = ["base", "global", "pg_wal", "pg_xact", "pg_multixact"];
const CONTROL = "global/pg_control";
const CONTROL_BYTES = 8192;
/** `pg_control_version` whose layout `readControl` knows (src/include/catalog/pg_control.h of PostgreSQL 18). */
const CONTROL_VERSION = 1800;
const CONTROL_CRC_AT = 292;
const WAL_NAME = /^[0-9A-F]{24}$/;

interface Control {
  checkpointLsn: bigint;
  redoLsn: bigint;
  timeline: number;
  segmentBytes: bigint;
}

/**
 * Looks whether PostgreSQL can start on `folder`, which exists and which no process has open: the version, the control
 * file with its checksum, and the write-ahead log from the last checkpoint on. Only reads, because PostgreSQL's own
 * answer is an abort without a word, and PGlite makes a new, empty database wherever PG_VERSION is missing.
 */
export async function inspectDataFolder(folder: string): Promise<FolderDamage | null> {
  return (
    (await findVersionDamage(folder)) ??
    (await findMissingFolder(folder)) ??
    (await findControlDamage(folder)) ??
    (await findWalDamage(folder))
  );
}

async function findVersionDamage(folder: string): Promise<FolderDamage | null> {
  const file = "PG_VERSION";
  const text = await readFile(path.join(folder, file), "utf8").catch(nullIfMissing);
  if (text === null) return { file, what: "is missing" };
  const version = text.trim();
  if (version === POSTGRESQL_MAJOR) return null;
  if (/^\d+$/.test(version)) return { file, what: `says ${version}, this program has PostgreSQL 18` };
  return { file, what: text.length === 0 ? "is empty" : "does not say a version" };
}

async function findMissingFolder(folder: string): Promise<FolderDamage | null> {
  for (const name of NEEDED_FOLDERS) {
    const entries = await readdir(path.join(folder, name)).catch(nullIfMissing);
    if (entries === null) return { file: name, what: "is missing" };
    if (entries.length === 0) return { file: name, what: "is empty" };
  }
  return null;
}

async function findControlDamage(folder: string): Promise<FolderDamage | null> {
  const bytes = await readFile(path.join(folder, CONTROL)).catch(nullIfMissing);
  if (bytes === null) return { file: CONTROL, what: "is missing" };
  if (bytes.length !== CONTROL_BYTES) {
    return { file: CONTROL, what: `holds ${bytes.length} of ${CONTROL_BYTES} bytes` };
  }
  if (bytes.every((byte) => byte === 0)) return { file: CONTROL, what: "holds nothing but zeros" };
  const sum = crc32c(bytes.subarray(0, CONTROL_CRC_AT));
  return bytes.readUInt32LE(CONTROL_CRC_AT) === sum
    ? null
    : { file: CONTROL, what: "does not match its own checksum" };
}

/**
 * Recovery reads on from the checkpoint's redo point. What it needs beyond is not written down anywhere; but segments are
 * numbered without holes, also those kept for reuse, so a hole is a segment that somebody took away.
 */
async function findWalDamage(folder: string): Promise<FolderDamage | null> {
  const control = readControl(await readFile(path.join(folder, CONTROL)));
  if (control === null) return null;
  const { timeline, segmentBytes } = control;
  const names = (await readdir(path.join(folder, "pg_wal"))).filter((name) => WAL_NAME.test(name));
  const first = control.redoLsn / segmentBytes;
  const present = new Set(names);
  const later = names.filter((name) => name >= walName(timeline, first, segmentBytes)).sort();
  const checkpoint = control.checkpointLsn / segmentBytes;
  const needed = Math.max(later.length, Number(checkpoint - first) + 1);
  for (let n = 0; n < needed; n += 1) {
    const segment = first + BigInt(n);
    const name = walName(timeline, segment, segmentBytes);
    const file = `pg_wal/${name}`;
    if (!present.has(name)) return { file, what: "is missing" };
    const { size } = await stat(path.join(folder, file));
    if (BigInt(size) !== segmentBytes) return { file, what: `holds ${size} of ${segmentBytes} bytes` };
  }
  return findWrongStart(folder, walName(timeline, first, segmentBytes), first * segmentBytes);
}

/** A page of the log begins with a magic number and, at byte 8, with its own position. */
async function findWrongStart(folder: string, name: string, lsn: bigint): Promise<FolderDamage | null> {
  const file = `pg_wal/${name}`;
  const page = await readFile(path.join(folder, file));
  if (page.readUInt16LE(0) === 0) return { file, what: "begins with zeros" };
  return page.readBigUInt64LE(8) === lsn
    ? null
    : { file, what: "is another part of the log than its name says" };
}

function readControl(bytes: Buffer): Control | null {
  if (bytes.readUInt32LE(8) !== CONTROL_VERSION) return null;
  const segmentBytes = BigInt(bytes.readUInt32LE(228));
  if (segmentBytes === 0n) return null;
  return {
    checkpointLsn: bytes.readBigUInt64LE(32),
    redoLsn: bytes.readBigUInt64LE(40),
    timeline: bytes.readUInt32LE(48),
    segmentBytes,
  };
}

/** Timeline, then the segment's number in two parts, as hex: XLogFileName of PostgreSQL. */
function walName(timeline: number, segment: bigint, segmentBytes: bigint): string {
  const perId = 0x1_0000_0000n / segmentBytes;
  const hex = (part: bigint | number) => part.toString(16).toUpperCase().padStart(8, "0");
  return `${hex(timeline)}${hex(segment / perId)}${hex(segment % perId)}`;
}

/** CRC-32C (Castagnoli), PostgreSQL's checksum of its control file. */
function crc32c(bytes: Uint8Array): number {
  let crc = 0xffff_ffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0x82f6_3b78 : crc >>> 1;
  }
  return (crc ^ 0xffff_ffff) >>> 0;
}

function nullIfMissing(error: unknown): null {
  const code = errorCode(error);
  if (code === "ENOENT" || code === "ENOTDIR") return null;
  throw error;
}
