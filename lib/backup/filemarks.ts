import type { ByteWindow } from "./byte-window";
import { BLOCK_HEADER_BYTES, isBlock } from "./mtf-block";
import { viewOf } from "./mtf-values";

const HAS_LIST_FORMAT = 0x8000_0000;
const SECTOR = 512;

/** Where the list begins: product 9 had no field to say so. */
const LIST_START = { listed: 0x48, plain: 0x3c } as const;

/** A filemark's list reaches back so many times at most: far more sets than a backup file has. */
const MAX_LISTS = 200;

/** A soft filemark found at `position`; `earlier` are the ones it lists, oldest first, back to `oldest of a full list`. */
export interface Filemark {
  position: number;
  earlier: number[];
  /** How many it should list; more than `earlier` holds when its block was too small. */
  used: number;
}

/** Reads the filemark at `at` of a buffer that begins at byte `offset` of the file. Null when there is none. */
export function readFilemark(view: DataView, at: number, offset: number, blockSize: number): Filemark | null {
  if (!isBlock(view, at, "SFMB")) return null;
  const position = offset + at;
  const listed = (view.getUint32(at + 4, true) & HAS_LIST_FORMAT) !== 0;
  const available = Math.min(at + blockSize, view.byteLength);
  const listAt = at + (listed && at + 0x40 <= available ? view.getUint32(at + 0x3c, true) : LIST_START.plain);
  if (at + BLOCK_HEADER_BYTES + 8 > available) return null;
  const used = view.getUint32(at + 0x38, true);
  const room = Math.max(0, Math.floor((available - listAt) / 8));
  const newestFirst: number[] = [];
  for (let i = 0; i < Math.min(used, room); i += 1) {
    newestFirst.push(Number(view.getBigUint64(listAt + i * 8, true)));
  }
  const earlier = newestFirst.reverse();
  return isAscending([...earlier, position], blockSize) ? { position, earlier, used } : null;
}

function isAscending(positions: readonly number[], blockSize: number): boolean {
  let last = -1;
  for (const position of positions) {
    if (!Number.isSafeInteger(position) || position % SECTOR !== 0) return false;
    if (last >= 0 && position < last + blockSize) return false;
    last = position;
  }
  return true;
}

/** The last filemark inside `tail`, which begins at byte `offset`: normally in its very last block. */
export function findLastFilemark(tail: Uint8Array, offset: number, blockSize: number): Filemark | null {
  const view = viewOf(tail);
  const end = offset + tail.length;
  const exact = end - blockSize - offset;
  const found = exact >= 0 ? readFilemark(view, exact, offset, blockSize) : null;
  if (found) return found;
  // Something follows the last block, or the file was cut: filemarks still stand on sectors of the file.
  let at = Math.floor((end - BLOCK_HEADER_BYTES) / SECTOR) * SECTOR - offset;
  for (; at >= 0; at -= SECTOR) {
    const mark = readFilemark(view, at, offset, blockSize);
    if (mark) return mark;
  }
  return null;
}

/**
 * The first filemark of a file, which lists none, found without knowing the block size: its room tells it. Null when
 * `head`, the first bytes of the file, has none.
 */
export function findFirstFilemark(head: Uint8Array): { position: number; blockSize: number } | null {
  const view = viewOf(head);
  for (let at = SECTOR; at + LIST_START.listed <= head.length; at += SECTOR) {
    if (!isBlock(view, at, "SFMB") || view.getUint32(at + 0x38, true) !== 0) continue;
    const listed = (view.getUint32(at + 4, true) & HAS_LIST_FORMAT) !== 0;
    const room = view.getUint32(at + 0x34, true) * 8;
    // The list fills the block, but for the few bytes that are no whole entry.
    const blockSize = Math.ceil((room + (listed ? LIST_START.listed : LIST_START.plain)) / SECTOR) * SECTOR;
    if (blockSize >= SECTOR && blockSize <= 65_536 && (blockSize & (blockSize - 1)) === 0) {
      return { position: at, blockSize };
    }
  }
  return null;
}

/**
 * All filemarks up to and with `last`, oldest first: the first ends the tape's header, then each set has one before
 * and one after its end blocks. Lists that were too short are continued by the oldest filemark they name.
 */
export async function collectFilemarks(
  window: ByteWindow,
  last: Filemark,
  blockSize: number,
): Promise<number[]> {
  let positions = [...last.earlier, last.position];
  let open = last;
  for (let lists = 0; open.used > open.earlier.length && lists < MAX_LISTS; lists += 1) {
    const oldest = open.earlier[0];
    if (oldest === undefined) break;
    window.allow(1, blockSize);
    const bytes = await window.get(oldest, blockSize);
    const mark = bytes && readFilemark(viewOf(bytes), 0, oldest, blockSize);
    if (!mark) break;
    positions = [...mark.earlier, ...positions];
    open = mark;
  }
  return positions;
}
