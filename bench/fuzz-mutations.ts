import { viewOf } from "@/lib/backup/mtf-values";
import { changeInsideChunk, findPlaces, mendChecksums, type Place } from "./fuzz-structure";

export type Random = (below: number) => number;

/** The same numbers for the same seed (mulberry32), each below the given bound. */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}

/** Bytes with what can be aimed at in them; the places are found once, on the unchanged original. */
export interface Target {
  bytes: Uint8Array;
  places: readonly Place[];
}

const EXTREMES = [0n, 1n, 2n, 0x7fn, 0xffn, 0x200n, 0x7fffn, 0xffffn, 0x1_0000n, 0x7fff_ffffn, 0xffff_ffffn];
const WIDE = [
  0x1_0000_0000n,
  0x1f_ffff_ffff_ffffn,
  0x20_0000_0000_0000n,
  0x7fff_ffff_ffff_ffffn,
  0xffff_ffff_ffff_ffffn,
];
const REACH: Record<Place["kind"], number> = {
  block: 128,
  filemark: 256,
  stream: 24,
  record: 400,
  chunk: 300,
};

type Mutation = (target: Target, random: Random) => void;

/** Applies one to four mutations to `bytes`, and in two of three cases makes the checksums right again. */
export function mutate(target: Target, random: Random, others: readonly Target[]): void {
  for (let count = 1 + random(4); count > 0; count -= 1) {
    const chunk = random(3) === 0 ? placeOf(target, random, "chunk") : null;
    if (chunk) {
      changeInsideChunk(target.bytes, chunk.at, (data) => {
        const inner = { bytes: data, places: findPlaces(data) };
        mutateOnce(inner, random, others);
        if (random(3) > 0) mendChecksums(data, inner.places);
      });
    } else {
      mutateOnce(target, random, others);
    }
  }
  if (random(3) > 0) mendChecksums(target.bytes, target.places);
}

function mutateOnce(target: Target, random: Random, others: readonly Target[]): void {
  const other = others[random(others.length)] ?? target;
  const mutations: Mutation[] = [
    flipBits,
    overwriteField,
    overwriteField,
    overwriteField,
    repeatBlock,
    loopFilemarks,
    lengthen,
    scribble,
    (into, pick) => splice(into, other, pick),
  ];
  mutations[random(mutations.length)]?.(target, random);
}

function placeOf({ places }: Target, random: Random, kind?: Place["kind"]): Place | null {
  const eligible = kind ? places.filter((place) => place.kind === kind) : places;
  return eligible[random(eligible.length)] ?? null;
}

/** Mostly inside a structure: most of a file is data that nobody looks at. */
function somewhere(target: Target, random: Random): number {
  const place = random(8) > 0 ? placeOf(target, random) : null;
  const at = place ? place.at + random(REACH[place.kind]) : random(target.bytes.length);
  return Math.min(at, target.bytes.length - 1);
}

const flipBits: Mutation = (target, random) => {
  for (let count = 1 + random(6); count > 0; count -= 1) {
    const at = somewhere(target, random);
    target.bytes[at] = (target.bytes[at] ?? 0) ^ (1 << random(8));
  }
};

const overwriteField: Mutation = (target, random) => {
  const at = somewhere(target, random) & ~1;
  const view = viewOf(target.bytes);
  const value = extreme(target, random);
  const width = [1, 2, 4, 8][random(4)] ?? 4;
  if (at + width > target.bytes.length) return;
  if (width === 1) view.setUint8(at, Number(value & 0xffn));
  if (width === 2) view.setUint16(at, Number(value & 0xffffn), true);
  if (width === 4) view.setUint32(at, Number(value & 0xffff_ffffn), true);
  if (width === 8) view.setBigUint64(at, value, true);
};

function extreme({ bytes }: Target, random: Random): bigint {
  switch (random(4)) {
    case 0:
      return EXTREMES[random(EXTREMES.length)] ?? 0n;
    case 1:
      return WIDE[random(WIDE.length)] ?? 0n;
    case 2:
      return BigInt(Math.max(0, bytes.length - 600 + random(1200)));
    default:
      return BigInt(random(bytes.length));
  }
}

const repeatBlock: Mutation = ({ bytes, places }, random) => {
  const from = (places[random(places.length)]?.at ?? random(bytes.length)) & ~511;
  const length = 512 << random(5);
  const block = bytes.slice(from, from + length);
  let at = random(2) === 0 ? from : random(bytes.length) & ~511;
  for (let count = 1 + random(20); count > 0 && at + block.length <= bytes.length; count -= 1) {
    bytes.set(block, at);
    at += block.length;
  }
};

/** Filemarks that list themselves, each other, what lies behind them or nothing that is one, and too many of them. */
const loopFilemarks: Mutation = (target, random) => {
  const mark = placeOf(target, random, "filemark");
  if (!mark || mark.at + 0x100 > target.bytes.length) return;
  const view = viewOf(target.bytes);
  const filemarks = target.places.filter(({ kind }) => kind === "filemark");
  const count = random(20);
  for (let i = 0; i < count; i += 1) {
    const to =
      random(3) === 0 ? extreme(target, random) : BigInt(filemarks[random(filemarks.length)]?.at ?? 0);
    view.setBigUint64(mark.at + 0x48 + i * 8, to, true);
  }
  view.setUint32(mark.at + 0x38, random(4) === 0 ? 0xffff_ffff : count, true);
};

/** A stream or record that says it is longer (or shorter) than it is. */
const lengthen: Mutation = (target, random) => {
  const place = placeOf(target, random, random(2) === 0 ? "stream" : "record");
  if (!place) return;
  const value = extreme(target, random);
  const view = viewOf(target.bytes);
  if (place.kind === "stream") view.setBigUint64(place.at + 8, value, true);
  else view.setUint32(place.at + 4, Number(value & 0xffff_ffffn), true);
};

const scribble: Mutation = (target, random) => {
  const from = somewhere(target, random);
  const fill = [0, 0xff, -1][random(3)] ?? 0;
  const end = Math.min(target.bytes.length, from + (1 << random(12)));
  for (let at = from; at < end; at += 1) target.bytes[at] = fill < 0 ? random(256) : fill;
};

function splice(into: Target, from: Target, random: Random): void {
  const length = 1 << random(14);
  const source = random(2) === 0 ? somewhere(from, random) : somewhere(from, random) & ~511;
  const piece = from.bytes.subarray(source, source + length);
  const at = random(2) === 0 ? somewhere(into, random) : somewhere(into, random) & ~511;
  into.bytes.set(piece.subarray(0, Math.max(0, into.bytes.length - at)), at);
}
