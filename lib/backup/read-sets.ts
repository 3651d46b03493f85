import type { ByteWindow } from "./byte-window";
import type { TapeHeader } from "./decode-tape";
import { belongTogether, describeSet } from "./describe-set";
import { collectFilemarks, findLastFilemark } from "./filemarks";
import type { BackupSet, UnreadableCode } from "./header";
import { CHUNK_LAYOUTS } from "./mssqlbak-chunks";
import { LOGICAL_BLOCK_BYTES } from "./mtf-block";
import type { OpenedSet, SetSource } from "./set-source";

/** Reaches the header of the first set even where physical blocks are the largest (64 KiB): two of them, and more. */
export const HEAD_BYTES = 163_840;
const TAIL_BYTES = 65_536;

/** How many sets are read, and what the joints between them may take altogether. */
const MAX_SETS = 1_000;
const MAX_JOINT_BYTES = 32_000_000;

/** For a set whose names are longer or whose files are more than the first one's: it is read once more. */
const SECOND_LOOK = { reads: 1, bytes: 32_768 };

interface OpenFile {
  window: ByteWindow;
  tape: TapeHeader;
  compressed: boolean;
  /** Where the filemark behind the first block is. */
  firstMark: number;
}

export type SetsOutcome =
  | { ok: true; complete: boolean; sets: BackupSet[] }
  | { ok: false; error: { code: UnreadableCode; message: string } };

/** From a set's first block to the end of its own record, with room for long names. */
const OPENING_MIN_BYTES = 0x1000;

/**
 * Reads all sets of a file whose head is in the window. One set takes one more read (the tail), two take two (the joint
 * between them), and each further one another, unless one read of what is left spans them all.
 */
export async function readSets(file: OpenFile, source: SetSource): Promise<SetsOutcome> {
  const { window, tape } = file;
  const firstStart = file.firstMark + tape.blockSize;
  const first = await source.opening(firstStart);
  if (first === null) return withoutFirstSet(file, firstStart);
  const { marks, trailing } = await readMarks(file, first.opening.configuration.length);
  const { starts, ends, closed } = setPlaces(marks, firstStart, tape.blockSize);
  const setCount = Math.max(1, ends.length + (closed && trailing ? 1 : 0));
  if (setCount > MAX_SETS || !(await readJoints(window, starts, ends, source.reach(first.opening)))) {
    const message = `The file holds ${setCount} backup sets; so many are not read. Take each backup to a file of its own (WITH INIT).`;
    return { ok: false, error: { code: "unsupported_container", message } };
  }
  if (setCount > 1) window.allow(SECOND_LOOK.reads * setCount, SECOND_LOOK.bytes * setCount);
  const sets: BackupSet[] = [];
  let complete = closed && !trailing;
  for (let i = 0; i < setCount; i += 1) {
    const start = starts[i];
    const opened = i === 0 ? first : start === undefined ? null : await source.opening(start);
    if (start === undefined || opened === null) {
      if (i >= ends.length) break;
      const message = `The header of backup set ${i + 1} is damaged. Copy the file again, or take the backup again.`;
      return { ok: false, error: { code: "corrupt", message } };
    }
    const end = ends[i];
    const closing = end === undefined ? null : await closingOf(source, opened, start, end);
    if (closing === null) complete = false;
    sets.push(describeSet(opened.opening, opened.configuration, closing, file));
  }
  return { ok: true, complete, sets };
}

async function closingOf(
  source: SetSource,
  { opening, configuration }: OpenedSet,
  start: number,
  end: number,
) {
  const closing = await source.closing(start, end, opening);
  return closing && belongTogether(configuration, closing) ? closing : null;
}

/** A cut set cannot be told from a damaged one by itself, but a file with an end is not cut. */
async function withoutFirstSet(file: OpenFile, firstStart: number): Promise<SetsOutcome> {
  const beyond = firstStart + OPENING_MIN_BYTES > file.window.sizeBytes;
  const cut = beyond || (await readMarks(file, 0)).marks.length === 0;
  if (cut && (beyond || file.compressed)) {
    const message = "The file ends before the header of its first backup set. Copy it again.";
    return { ok: false, error: { code: "truncated", message } };
  }
  const message =
    "The header of the first backup set is damaged. Copy the file again, or take the backup again.";
  return { ok: false, error: { code: "corrupt", message } };
}

/** Each set has a filemark behind its blocks and one behind its end blocks; the first one ends the tape's header. */
export function setPlaces(marks: readonly number[], firstStart: number, blockSize: number) {
  const behind = marks.slice(1);
  const ends = behind.filter((_, i) => i % 2 === 0);
  const starts = [firstStart, ...behind.filter((_, i) => i % 2 === 1).map((mark) => mark + blockSize)];
  return { starts, ends, closed: ends.length > 0 && behind.length % 2 === 0 };
}

/**
 * Reads where one set ends and the next begins, in one go if what may be read spans all of them. False when that would
 * be too much.
 */
async function readJoints(
  window: ByteWindow,
  starts: readonly number[],
  ends: readonly number[],
  reach: { before: number; after: number },
): Promise<boolean> {
  const size = window.sizeBytes;
  const joints = ends.slice(0, -1).flatMap((end, i) => {
    const start = starts[i + 1];
    if (start === undefined) return [];
    const from = Math.max(starts[i] ?? 0, end - reach.before);
    return [{ from, to: Math.min(size, start + reach.after) }];
  });
  const missing = joints.filter(({ from, to }) => window.held(from, to - from) === null);
  const [earliest] = missing;
  const latest = missing.at(-1);
  if (!earliest || !latest) return true;
  if (latest.to - earliest.from <= window.bytesLeft) {
    await window.get(earliest.from, latest.to - earliest.from, true);
    return true;
  }
  const ranges = joinNear(missing);
  const bytes = ranges.reduce((sum, { from, to }) => sum + to - from, 0);
  if (bytes > MAX_JOINT_BYTES) return false;
  if (missing.length > 1) window.allow(ranges.length, bytes);
  for (const { from, to } of ranges) await window.get(from, to - from, true);
  return true;
}

interface Range {
  from: number;
  to: number;
}

/** Two reads cost more than the bytes between them, when those are few. */
const NEAR_BYTES = 131_072;

function joinNear(ranges: readonly Range[]): Range[] {
  const joined: Range[] = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    if (last && range.from - last.to <= NEAR_BYTES) last.to = range.to;
    else joined.push({ ...range });
  }
  return joined;
}

/**
 * The positions of all filemarks, oldest first; empty when the file has no end yet. `trailing`: a further set has
 * begun behind the last one, or the last filemark itself is cut.
 */
export async function readMarks(
  { window, tape, firstMark }: Pick<OpenFile, "window" | "firstMark"> & { tape: { blockSize: number } },
  configurationBytes: number,
): Promise<{ marks: number[]; trailing: boolean }> {
  const { blockSize } = tape;
  const unit = Math.max(LOGICAL_BLOCK_BYTES, blockSize);
  const size = window.sizeBytes;
  // The end of a set takes 4 units (two filemarks, end blocks with the set map); before that, up to a unit earlier, ends
  // its closing configuration. One that is too long to come along is read by itself, as far as needed.
  const end = Math.max(TAIL_BYTES, 6 * unit);
  const whole = end + configurationBytes;
  const tailBytes = Math.min(size, whole <= window.bytesLeft ? whole : end);
  const offset = size <= HEAD_BYTES ? 0 : size - tailBytes;
  const tail = await window.get(offset, size - offset, true);
  const last = tail && findLastFilemark(tail, offset, blockSize);
  if (!tail || !last) return { marks: [], trailing: false };
  const marks = last.position === firstMark ? [firstMark] : await collectFilemarks(window, last, blockSize);
  if (marks[0] !== firstMark) return { marks: [], trailing: false };
  const behind = last.position + blockSize - offset;
  return { marks, trailing: behind > tail.length || beginsSet(tail.subarray(behind)) };
}

const CHUNKS_OF_DATA = new Set(Object.values(CHUNK_LAYOUTS).map(({ data }) => data));

/** Whether a set (or the chunk that holds its start) begins here, be it only the first bytes of it. */
function beginsSet(bytes: Uint8Array): boolean {
  if (bytes.length === 0) return false;
  return CHUNKS_OF_DATA.has(bytes[0] ?? 0) || "SSET".startsWith(String.fromCharCode(...bytes.subarray(0, 4)));
}
