import { ByteWindow } from "./byte-window";
import { decodeTape, foreignSoftware, type TapeHeader } from "./decode-tape";
import { findFirstFilemark } from "./filemarks";
import { foreignFileMessage } from "./foreign-file";
import type { BackupReading, ByteSource, SealedFile, UnreadableCode } from "./header";
import {
  CHUNK_LAYOUTS,
  type ChunkFormat,
  CONTAINER_FLAG,
  chunkFormatOf,
  decodeChunk,
  isSoundChunk,
  readChunk,
} from "./mssqlbak-chunks";
import { alignUp, isBlock, LOGICAL_BLOCK_BYTES } from "./mtf-block";
import { viewOf } from "./mtf-values";
import { HEAD_BYTES, readMarks, readSets, type SetsOutcome, setPlaces } from "./read-sets";
import { compressedSource, plainSource } from "./set-source";

/** What a file with one or two sets may cost, whatever its size. */
const ALLOWANCE = { reads: 3, bytes: 1_000_000 };

type Outcome =
  | (SetsOutcome & { ok: true; container: "mtf" | "mssqlbak" })
  | { ok: false; error: { code: UnreadableCode; message: string }; sealed?: SealedFile };

/**
 * Reads what a backup file is from a few kilobytes of it: its head and its tail (at most 3 reads and 1 MB for a file
 * with one or two sets, of any size). Content never makes it throw: what is no readable backup is a typed refusal.
 * Throws only what `source.read` throws. Understands Microsoft Tape Format as SQL Server 2005 and later write it, plain
 * and in both versions of the `MSSQLBAK` container of compressed backups; of an encrypted one it tells how many sets there are.
 */
export async function readBackup(source: ByteSource): Promise<BackupReading> {
  const window = new ByteWindow(source, ALLOWANCE);
  const outcome = await readFile(window);
  return { reads: window.reads, bytesRead: window.bytesRead, sizeBytes: source.sizeBytes, ...outcome };
}

function refusal(code: UnreadableCode, message: string): Outcome {
  return { ok: false, error: { code, message } };
}

async function readFile(window: ByteWindow): Promise<Outcome> {
  if (window.sizeBytes === 0) return refusal("empty", "The file is empty. Copy it again.");
  const head = await window.get(0, HEAD_BYTES, true);
  if (!head || head.length < 8) return refusal("not_a_backup", foreignFileMessage(head ?? new Uint8Array(0)));
  const magic = String.fromCharCode(...head.subarray(0, 8));
  if (magic === "MSSQLBAK") return readContainer(window, head);
  if (magic.startsWith("TAPE")) return readPlain(window, head);
  return refusal("not_a_backup", foreignFileMessage(head));
}

async function readPlain(window: ByteWindow, head: Uint8Array): Promise<Outcome> {
  if (head.length < LOGICAL_BLOCK_BYTES)
    return refusal("truncated", "The file ends inside its first block. Copy it again.");
  const software = foreignSoftware(head);
  if (software !== null) {
    const message = `This is not a SQL Server backup: it is a tape file of ${software}. Choose a file written by BACKUP DATABASE or BACKUP LOG.`;
    return refusal("not_a_backup", message);
  }
  const tape = decodeTape(head);
  if (tape === null)
    return refusal(
      "corrupt",
      "The first block of the backup file is damaged. Copy it again, or take the backup again.",
    );
  const usual = Math.max(LOGICAL_BLOCK_BYTES, tape.blockSize);
  const firstMark = firstMarkOf(head, [alignUp(tape.end ?? usual, tape.blockSize), usual]);
  const file = { window, tape, compressed: false, firstMark };
  const outcome = await readSets(file, plainSource(window, tape.blockSize));
  return outcome.ok ? { container: "mtf", ...outcome } : outcome;
}

/** The first of these places that holds a filemark; else the first filemark there is, or the first place. */
function firstMarkOf(head: Uint8Array, places: [number, ...number[]]): number {
  const view = viewOf(head);
  const found = places.find((place) => isBlock(view, place, "SFMB"));
  return found ?? findFirstFilemark(head)?.position ?? places[0];
}

async function readContainer(window: ByteWindow, head: Uint8Array): Promise<Outcome> {
  if (head.length <= CHUNK_LAYOUTS[1].firstChunkAt)
    return refusal("truncated", "The file ends inside its header. Copy it again.");
  const view = viewOf(head);
  const version = view.getUint32(8, true);
  const flags = view.getUint32(12, true);
  const format = chunkFormatOf(version, flags);
  if (format === null) {
    const message = `The backup is in container version ${version}, which this program does not know. Its header cannot be read here.`;
    return refusal("unsupported_container", message);
  }
  const { layout } = format;
  if (head.length < layout.firstChunkAt)
    return refusal("truncated", "The file ends inside its header. Copy it again.");
  // Version 1 has no bit for either: it is written WITH COMPRESSION only, and knows no encryption.
  const encrypted = layout.version === 2 && (flags & CONTAINER_FLAG.encrypted) !== 0;
  const compressed = layout.version === 1 || (flags & CONTAINER_FLAG.compressed) !== 0;
  const found = findTape(head, format);
  if (found) {
    const { tape, next } = found;
    const padding = readChunk(head, next, layout);
    const behind = padding?.kind === "padding" ? padding.next : next;
    const firstMark = firstMarkOf(head, [alignUp(behind, tape.blockSize)]);
    const file = { window, tape, compressed, firstMark };
    const outcome = await readSets(file, compressedSource(window, tape.blockSize, format));
    if (outcome.ok) return { container: "mssqlbak", ...outcome };
    if (!encrypted) return outcome;
  }
  if (encrypted) {
    const message =
      "The backup is encrypted: its header cannot be read without its certificate. Take it again without ENCRYPTION.";
    return {
      ok: false,
      error: { code: "encrypted", message },
      sealed: await readSealed(window, head, compressed),
    };
  }
  if (isSoundChunk(head, layout.firstChunkAt, layout)) {
    const message =
      "The backup is whole so far, but compressed with an algorithm that cannot be read here. SQL Server itself can tell what it is: RESTORE HEADERONLY FROM DISK.";
    return refusal("unsupported_container", message);
  }
  const first = head[layout.firstChunkAt];
  const begins = first === undefined || first === layout.data;
  if (begins && readChunk(head, layout.firstChunkAt, layout) === null && head.length < HEAD_BYTES) {
    return refusal("truncated", "The file ends inside its first block. Copy it again.");
  }
  return refusal(
    "corrupt",
    "The first block of the compressed backup is damaged. Copy it again, or take the backup again.",
  );
}

/** How far the chunk with the first block may begin behind its usual place: a key may lie before it. */
const LONG_CONTAINER_HEADER_BYTES = 0x400;

function findTape(head: Uint8Array, format: ChunkFormat): { tape: TapeHeader; next: number } | null {
  for (let at = format.layout.firstChunkAt; at < LONG_CONTAINER_HEADER_BYTES; at += 4) {
    const chunk = decodeChunk(head, at, format);
    const tape = chunk && decodeTape(chunk.data);
    if (chunk && tape) return { tape, next: chunk.next };
  }
  return null;
}

/** Counts the sets of a file whose chunks cannot be read, by the filemarks between them. */
async function readSealed(window: ByteWindow, head: Uint8Array, compressed: boolean): Promise<SealedFile> {
  const first = findFirstFilemark(head);
  if (first === null) return { container: "mssqlbak", complete: false, compressed, setCount: 1 };
  const { position: firstMark, blockSize } = first;
  const { marks, trailing } = await readMarks({ window, tape: { blockSize }, firstMark }, 0);
  const places = setPlaces(marks, firstMark + blockSize, blockSize);
  return {
    container: "mssqlbak",
    complete: places.closed && !trailing,
    compressed,
    setCount: Math.max(1, places.ends.length + (places.closed && trailing ? 1 : 0)),
  };
}
