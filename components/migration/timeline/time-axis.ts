export interface AxisSpan {
  fromMs: number;
  toMs: number;
  /** Something that only waits, so that its time may be cut short. */
  long: boolean;
}

export interface AxisBreak {
  fromMs: number;
  toMs: number;
  /** Percent of the width. */
  left: number;
  width: number;
}

export interface AxisTick {
  atMs: number;
  left: number;
}

export interface TimeAxis {
  fromMs: number;
  toMs: number;
  ticks: AxisTick[];
  /** Milliseconds between ticks. */
  tickMs: number;
  /** How precise their labels are. */
  tickStyle: "seconds" | "time" | "short";
  breaks: AxisBreak[];
  /** Percent of the width at which an instant lies; outside of the axis it is clamped. */
  place: (atMs: number) => number;
}

interface Piece {
  fromMs: number;
  toMs: number;
  cut: boolean;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Only a wait this long is worth a break. */
const BREAK_FROM_MS = 20 * MINUTE;
/** A wait is cut when it is this many times as long as all that is left. */
const BREAK_RATIO = 2;
const BREAK_WIDTH = 8;
const ROOM_AFTER_NOW = 0.08;
/** Ticks need this much room, in percent of the width. */
const TICK_ROOM = 11;
/** A label further right would leave the plot. */
const LAST_TICK = 97;
const TICK_STEPS_MS = [
  1000,
  2000,
  5000,
  10_000,
  15_000,
  30_000,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  6 * HOUR,
  12 * HOUR,
  24 * HOUR,
  48 * HOUR,
  168 * HOUR,
];

/**
 * The axis for spans. `nowMs` set: something runs, and some room is left after now. `tickRoom`: percent of the width that a label
 * takes, where it is not the timeline's.
 */
export function buildAxis(spans: readonly AxisSpan[], nowMs: number | null, tickRoom = TICK_ROOM): TimeAxis {
  const fromMs = spans.length > 0 ? Math.min(...spans.map((span) => span.fromMs)) : (nowMs ?? 0);
  const lastMs = Math.max(fromMs + 1000, nowMs ?? fromMs, ...spans.map((span) => span.toMs));
  const pieces = cutWaits(joinWaits(piecesOf(spans, fromMs, lastMs), spans, nowMs), spans, nowMs);
  const shown = pieces
    .filter((piece) => !piece.cut)
    .reduce((sum, piece) => sum + piece.toMs - piece.fromMs, 0);
  const tail = nowMs === null ? 0 : Math.max(1000, shown * ROOM_AFTER_NOW);
  const toMs = lastMs + tail;
  const end = pieces.at(-1);
  if (end && !end.cut) end.toMs = toMs;
  const cuts = pieces.filter((piece) => piece.cut).length;
  const perMs = (100 - cuts * BREAK_WIDTH) / (shown + tail);

  const starts: number[] = [];
  let left = 0;
  for (const piece of pieces) {
    starts.push(left);
    left += piece.cut ? BREAK_WIDTH : (piece.toMs - piece.fromMs) * perMs;
  }
  const place = (atMs: number): number => {
    const index = pieces.findIndex((piece) => atMs <= piece.toMs);
    const piece = pieces[index];
    const start = starts[index];
    if (!piece || start === undefined) return 100;
    const into = Math.max(0, atMs - piece.fromMs);
    return piece.cut ? start + (into / (piece.toMs - piece.fromMs)) * BREAK_WIDTH : start + into * perMs;
  };
  const tickMs = TICK_STEPS_MS.find((step) => step * perMs >= tickRoom) ?? 168 * HOUR;
  return {
    fromMs,
    toMs,
    place,
    tickMs,
    tickStyle:
      tickMs < MINUTE ? "seconds" : toMs - fromMs > 24 * HOUR && tickMs >= 6 * HOUR ? "short" : "time",
    ticks: ticksOf(pieces, tickMs, place, tickRoom),
    breaks: pieces
      .filter((piece) => piece.cut)
      .map((piece) => ({
        fromMs: piece.fromMs,
        toMs: piece.toMs,
        left: place(piece.fromMs),
        width: BREAK_WIDTH,
      })),
  };
}

/** The axis split wherever a span begins or ends. */
function piecesOf(spans: readonly AxisSpan[], fromMs: number, toMs: number): Piece[] {
  const edges = [...new Set([fromMs, toMs, ...spans.flatMap((span) => [span.fromMs, span.toMs])])].sort(
    (a, b) => a - b,
  );
  return edges.slice(1).map((edge, index) => ({ fromMs: edges[index] ?? fromMs, toMs: edge, cut: false }));
}

/** Waits that follow one another are one: where the plan of a restore ended is no reason to break it twice. */
function joinWaits(pieces: readonly Piece[], spans: readonly AxisSpan[], nowMs: number | null): Piece[] {
  const joined: Piece[] = [];
  let open = false;
  for (const piece of pieces) {
    const wait = isWait(piece, spans) && piece.toMs !== lastNow(pieces, nowMs);
    const before = joined.at(-1);
    if (before && open && wait) before.toMs = piece.toMs;
    else joined.push({ ...piece });
    open = wait;
  }
  return joined;
}

/** Cuts the longest waits, longest first, while they dwarf the rest; what goes on now is not cut while it is the last. */
function cutWaits(pieces: Piece[], spans: readonly AxisSpan[], nowMs: number | null): Piece[] {
  const length = (piece: Piece) => piece.toMs - piece.fromMs;
  const now = lastNow(pieces, nowMs);
  const waits = pieces
    .filter((piece) => piece.toMs !== now && length(piece) >= BREAK_FROM_MS && isWait(piece, spans))
    .sort((a, b) => length(b) - length(a));
  let rest = pieces.reduce((sum, piece) => sum + length(piece), 0);
  for (const wait of waits) {
    if (length(wait) <= BREAK_RATIO * (rest - length(wait))) break;
    wait.cut = true;
    rest -= length(wait);
  }
  return pieces;
}

/** Now, where nothing is known of what comes after it. */
function lastNow(pieces: readonly Piece[], nowMs: number | null): number | null {
  const end = pieces.at(-1)?.toMs ?? null;
  return nowMs !== null && end !== null && end <= nowMs ? end : null;
}

function isWait(piece: Piece, spans: readonly AxisSpan[]): boolean {
  return spans.every((span) => span.long || span.toMs <= piece.fromMs || span.fromMs >= piece.toMs);
}

/** Ticks on round times, none inside a break, none so near to the one before that labels would touch. */
function ticksOf(
  pieces: readonly Piece[],
  tickMs: number,
  place: (atMs: number) => number,
  tickRoom: number,
): AxisTick[] {
  const ticks: AxisTick[] = [];
  let afterCut = false;
  for (const piece of pieces) {
    if (piece.cut) {
      afterCut = true;
      continue;
    }
    for (let atMs = Math.ceil(piece.fromMs / tickMs) * tickMs; atMs <= piece.toMs; atMs += tickMs) {
      const left = place(atMs);
      const isFree = () => left - (ticks.at(-1)?.left ?? -100) >= tickRoom * 0.8;
      // Where time jumps, when it is afterwards is worth more than when it was just before.
      if (afterCut && !isFree() && ticks.length > 1) ticks.pop();
      afterCut = false;
      if (left > LAST_TICK || !isFree()) continue;
      ticks.push({ atMs, left });
    }
  }
  return ticks;
}
