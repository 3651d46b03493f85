import { ByteWindow } from "./byte-window";
import { decodeTape, describeSet, type TapeHeader } from "./decode-set";
import { collectFilemarks, findLastFilemark } from "./filemarks";
import type { BackupReading, BackupSet, ByteSource, UnreadableCode } from "./header";
import { CHUNK, CONTAINER_FLAG, CONTAINER_HEADER_BYTES, decodeChunk, readChunk } from "./mssqlbak-chunks";
import { LOGICAL_BLOCK_BYTES } from "./mtf-block";
import { viewOf } from "./mtf-values";
import { compressedSource, plainSource, type SetSource } from "./set-source";

/** Reaches the header of the first set even where physical blocks are the largest (64 KiB): two of them, and more. */
const HEAD_BYTES = 163_840;
const TAIL_BYTES = 65_536;

/** What one set may cost, whatever the size of the file; each further set a little more. */
const ALLOWANCE = { reads: 3, bytes: 1_000_000 };
const FURTHER_SET = { reads: 3, bytes: 393_216 };
const MAX_SETS = 1_000;

type Outcome =
  | { ok: true; container: "mtf" | "mssqlbak"; complete: boolean; sets: BackupSet[] }
  | { ok: false; error: { code: UnreadableCode; message: string } };

/**
 * Reads what a backup file is from a few kilobytes of it: its head and its tail (at most 3 reads and 1 MB for a file
 * with one set, of any size). Content never makes it throw: what is no readable backup is a typed refusal. Throws only
 * what `source.read` throws. Understands Microsoft Tape Format as SQL Server 2005 and later write it, plain and in the
 * `MSSQLBAK` container of compressed backups.
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
  if (window.sizeBytes === 0) return refusal("empty", "The file is empty.");
  const head = await window.get(0, HEAD_BYTES, true);
  if (!head || head.length < 8) return refusal("not_a_backup", "This is not a SQL Server backup.");
  const magic = String.fromCharCode(...head.subarray(0, 8));
  if (magic === "MSSQLBAK") return readContainer(window, head);
  if (magic.startsWith("TAPE")) return readPlain(window, head);
  return refusal(
    "not_a_backup",
    "This is not a SQL Server backup: it begins with neither TAPE nor MSSQLBAK.",
  );
}

async function readPlain(window: ByteWindow, head: Uint8Array): Promise<Outcome> {
  if (head.length < LOGICAL_BLOCK_BYTES) return refusal("truncated", "The file ends inside its first block.");
  const tape = decodeTape(head);
  if (tape === null) return refusal("corrupt", "The first block of the backup file is damaged.");
  const firstMark = Math.max(LOGICAL_BLOCK_BYTES, tape.blockSize);
  const file = { window, tape, compressed: false, firstMark };
  return readSets(file, plainSource(window, tape.blockSize), "mtf");
}

async function readContainer(window: ByteWindow, head: Uint8Array): Promise<Outcome> {
  if (head.length < CONTAINER_HEADER_BYTES) return refusal("truncated", "The file ends inside its header.");
  const view = viewOf(head);
  const version = view.getUint32(8, true);
  const flags = view.getUint32(12, true);
  if (flags & CONTAINER_FLAG.encrypted) {
    return refusal(
      "encrypted",
      "The backup is encrypted: its header cannot be read without its certificate.",
    );
  }
  if (version !== 2) {
    const message = `The backup is compressed in container version ${version}, which cannot be read (SQL Server 2008 to 2012).`;
    return refusal("unsupported_container", message);
  }
  const chunk = decodeChunk(head, CONTAINER_HEADER_BYTES);
  const tape = chunk && decodeTape(chunk.data);
  const first = head[CONTAINER_HEADER_BYTES];
  const begins = first === undefined || first === CHUNK.data;
  if (begins && readChunk(head, CONTAINER_HEADER_BYTES) === null && head.length < HEAD_BYTES) {
    return refusal("truncated", "The file ends inside its first block.");
  }
  if (!chunk || !tape) return refusal("corrupt", "The first block of the compressed backup is damaged.");
  const padding = readChunk(head, chunk.next);
  const behind = padding?.kind === "padding" ? padding.next : chunk.next;
  const firstMark = Math.ceil(behind / tape.blockSize) * tape.blockSize;
  const compressed = (flags & CONTAINER_FLAG.compressed) !== 0;
  return readSets(
    { window, tape, compressed, firstMark },
    compressedSource(window, tape.blockSize),
    "mssqlbak",
  );
}

interface OpenFile {
  window: ByteWindow;
  tape: TapeHeader;
  compressed: boolean;
  /** Where the filemark behind the first block is. */
  firstMark: number;
}

async function readSets(file: OpenFile, source: SetSource, container: "mtf" | "mssqlbak"): Promise<Outcome> {
  const { window, tape } = file;
  const firstStart = file.firstMark + tape.blockSize;
  const first = await source.opening(firstStart);
  if (first === null) {
    // A cut chunk cannot be told from a damaged one, but a file with an end is not cut.
    const cut =
      firstStart + OPENING_MIN_BYTES > window.sizeBytes ||
      (container === "mssqlbak" && (await readMarks(file, 0)).marks.length === 0);
    return cut
      ? refusal("truncated", "The file ends before the header of its first backup set.")
      : refusal("corrupt", "The header of the first backup set is damaged.");
  }
  const { marks, trailing } = await readMarks(file, first.opening.configuration.length);
  // Each set has a filemark behind its blocks and one behind its end blocks; the first one ends the tape's header.
  const ends = marks.slice(1).filter((_, i) => i % 2 === 0);
  const starts = [
    firstStart,
    ...marks
      .slice(1)
      .filter((_, i) => i % 2 === 1)
      .map((mark) => mark + tape.blockSize),
  ];
  const closed = marks.length >= 3 && marks.length % 2 === 1;
  const setCount = Math.max(1, ends.length + (closed && trailing ? 1 : 0));
  if (setCount > MAX_SETS) {
    return refusal(
      "unsupported_container",
      `The file holds ${setCount} backup sets; more than ${MAX_SETS} are not read.`,
    );
  }
  if (setCount > 1) window.allow(FURTHER_SET.reads * setCount, FURTHER_SET.bytes * setCount);
  const sets: BackupSet[] = [];
  let complete = closed && !trailing;
  for (let i = 0; i < setCount; i += 1) {
    const start = starts[i];
    const opened = i === 0 ? first : start === undefined ? null : await source.opening(start);
    if (opened === null) {
      if (i >= ends.length) break;
      return refusal("corrupt", `The header of backup set ${i + 1} is damaged.`);
    }
    const end = ends[i];
    const closing = end === undefined ? null : await source.closing(end, opened.opening);
    if (closing === null) complete = false;
    sets.push(describeSet(opened.opening, opened.configuration, closing, file));
  }
  return { ok: true, container, complete, sets };
}

/** From a set's first block to the end of its own record, with room for long names. */
const OPENING_MIN_BYTES = 0x1000;

/**
 * The positions of all filemarks, oldest first; empty when the file has no end yet. `trailing`: a further set has
 * begun behind the last one, or the last filemark itself is cut.
 */
async function readMarks(
  { window, tape, firstMark }: OpenFile,
  configurationBytes: number,
): Promise<{ marks: number[]; trailing: boolean }> {
  const { blockSize } = tape;
  const unit = Math.max(LOGICAL_BLOCK_BYTES, blockSize);
  const size = window.sizeBytes;
  // The end of a set takes 5 units (two filemarks, end blocks, set map); before that, up to a unit earlier, ends its
  // closing configuration. One that is too long to come along is read by itself, as far as needed.
  const end = Math.max(TAIL_BYTES, 7 * unit);
  const whole = end + configurationBytes;
  const tailBytes = Math.min(size, whole <= window.bytesLeft ? whole : end);
  const offset = size - tailBytes;
  const tail = size <= HEAD_BYTES ? await window.get(0, size) : await window.get(offset, tailBytes, true);
  const base = size <= HEAD_BYTES ? 0 : offset;
  const last = tail && findLastFilemark(tail, base, blockSize);
  if (!tail || !last) return { marks: [], trailing: false };
  const marks = last.position === firstMark ? [firstMark] : await collectFilemarks(window, last, blockSize);
  if (marks[0] !== firstMark) return { marks: [], trailing: false };
  const behind = last.position + blockSize - base;
  const cut = behind > tail.length;
  return { marks, trailing: cut || beginsSet(tail.subarray(behind)) };
}

/** Whether a set (or the chunk that holds its start) begins here, be it only the first bytes of it. */
function beginsSet(bytes: Uint8Array): boolean {
  if (bytes.length === 0) return false;
  return bytes[0] === CHUNK.data || "SSET".startsWith(String.fromCharCode(...bytes.subarray(0, 4)));
}
