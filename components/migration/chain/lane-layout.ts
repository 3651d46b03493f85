import type { ChainEntry } from "./chain-order";

/** Pixels. Widths say what a block is, never how much log it holds: LSN ranges differ by factors of millions. */
const WIDE = { full: 176, differential: 152, log: 112, held: 184, gap: 300, unused: 136 };
/** Many logs are drawn as numbers only. */
const NARROW = { ...WIDE, log: 44, unused: 44 };
const NARROW_FROM = 200;
const UNUSED_SPACE = 6;

export interface LaneBlock {
  entry: ChainEntry;
  /** Place in the list of entries. */
  index: number;
  x: number;
  width: number;
  /** 0: the chain. 1: below it, what is set aside. */
  track: 0 | 1;
}

export interface LaneBracket {
  fromX: number;
  toX: number;
  full: LaneBlock;
  differential: LaneBlock;
}

export interface LaneLayout {
  /** Those of each track from left to right. */
  blocks: readonly [chain: LaneBlock[], aside: LaneBlock[]];
  /** A differential on the path holds all since its base, the full before it. */
  brackets: LaneBracket[];
  width: number;
  narrow: boolean;
  byKey: ReadonlyMap<string, LaneBlock>;
}

/** Where each backup stands in the lane: in LSN order on an axis of steps, not of lengths. */
export function layoutLane(entries: readonly ChainEntry[]): LaneLayout {
  const narrow = entries.length > NARROW_FROM;
  const widths = narrow ? NARROW : WIDE;
  const chain: LaneBlock[] = [];
  const aside: LaneBlock[] = [];
  const brackets: LaneBracket[] = [];
  let x = 0;
  let asideX = 0;
  let full: LaneBlock | null = null;
  entries.forEach((entry, index) => {
    if (entry.type === "file" && entry.place === "unread") return;
    if (entry.type === "file" && entry.place === "unused") {
      const at = Math.max(x + UNUSED_SPACE, asideX);
      aside.push({ entry, index, x: at, width: widths.unused, track: 1 });
      asideX = at + widths.unused + UNUSED_SPACE;
      return;
    }
    const block: LaneBlock = { entry, index, x, width: widthOf(entry, widths), track: 0 };
    chain.push(block);
    x += block.width;
    if (entry.type !== "file" || entry.place !== "path") return;
    if (entry.file.type === "full") full = block;
    if (entry.file.type === "differential" && full) {
      brackets.push({ fromX: full.x, toX: block.x + block.width, full, differential: block });
    }
  });
  const byKey = new Map([...chain, ...aside].map((block) => [block.entry.key, block]));
  // Of many brackets over one another only the widest is legible: the newest of each full.
  const newest = new Map(brackets.map((bracket) => [bracket.full, bracket]));
  return {
    blocks: [chain, aside],
    brackets: [...newest.values()],
    width: Math.max(x, asideX),
    narrow,
    byKey,
  };
}

function widthOf(entry: ChainEntry, widths: typeof WIDE): number {
  if (entry.type === "gap") return widths.gap;
  if (entry.place === "held") return widths.held;
  const { type } = entry.file;
  return type === "full" || type === "differential" ? widths[type] : widths.log;
}

/** Blocks of a track that are seen between two x, found in the logarithm of their number. */
export function blocksBetween(track: readonly LaneBlock[], from: number, to: number): LaneBlock[] {
  let low = 0;
  let high = track.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const block = track[middle];
    if (block && block.x + block.width <= from) low = middle + 1;
    else high = middle;
  }
  const seen: LaneBlock[] = [];
  for (let at = low; at < track.length; at++) {
    const block = track[at];
    if (!block || block.x >= to) break;
    seen.push(block);
  }
  return seen;
}

export type OverviewCell = "path" | "gap" | "held" | "unused" | null;
const WEIGHT: Record<Exclude<OverviewCell, null>, number> = { unused: 0, path: 1, held: 2, gap: 3 };

/** The whole lane in so many cells; what needs a person is never averaged away. */
export function overviewCells(layout: LaneLayout, count: number): OverviewCell[] {
  const cells: OverviewCell[] = Array.from({ length: count }, () => null);
  if (layout.width === 0) return cells;
  for (const block of layout.blocks.flat()) {
    const { entry } = block;
    const look = entry.type === "gap" ? "gap" : entry.place === "unread" ? "path" : entry.place;
    const first = Math.floor((block.x / layout.width) * count);
    const last = Math.min(count - 1, Math.floor(((block.x + block.width - 1) / layout.width) * count));
    for (let at = first; at <= last; at++) {
      const cell = cells[at] ?? null;
      if (cell === null || WEIGHT[look] > WEIGHT[cell]) cells[at] = look;
    }
  }
  return cells;
}
