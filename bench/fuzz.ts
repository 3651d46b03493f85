import { resolve } from "node:path";
import { getHeapStatistics } from "node:v8";
import type { BackupReading, ByteSource } from "@/lib/backup/header";
import { readBackup } from "@/lib/backup/read-backup";
import { decodeXpressHuffman } from "@/lib/backup/xpress-huffman";
import { mutate, type Random, seededRandom, type Target } from "./fuzz-mutations";
import { type FuzzFile, sampleOriginals, writtenOriginals } from "./fuzz-originals";
import { findPlaces } from "./fuzz-structure";

interface FuzzOptions {
  count: number;
  seed: number;
  /** A folder of real files to mutate too, when there is one. */
  samples: string | null;
}

/** Real backups by others, kept beside the repository where there are any. */
export const SAMPLES = resolve("../shared/samples/bak");

const LIMIT_MS = 50;
const LIMIT_MB = 64;
/**
 * What was slow or big once may have met the garbage collector or another process: the least of some runs counts, and of
 * each run the time on a processor if that is less than by the clock (nothing is waited for).
 */
const RETRIES = 5;
const SUSPICIOUS = { ms: 10, mb: 16 } as const;

interface Violation {
  input: number;
  what: string;
}

interface Prepared {
  file: FuzzFile;
  targets: Target[];
}

/**
 * Reads mutated backup headers, as many as asked for and the same for the same seed, and counts how each ended. A
 * violation is an input on which the reader throws, is slower than 50 ms or takes more than 64 MB.
 */
export async function benchFuzz({ count, seed, samples }: FuzzOptions) {
  const prepared = [...writtenOriginals(), ...sampleOriginals(samples)].map(prepare);
  const others = prepared.flatMap(({ targets }) => targets);
  const outcomes: Record<string, number> = {};
  const violations: Violation[] = [];
  const worst = { slowestMs: 0, slowestInput: 0, heapGrowthMb: 0, reads: 0, bytesRead: 0 };
  const begun = performance.now();
  const rssBefore = process.memoryUsage.rss();
  let rss = rssBefore;
  for (let input = 0; input < count; input += 1) {
    const random = seededRandom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(input + 1, 0x85ebca6b));
    const run = makeInput(prepared, others, random);
    let measured = await measure(run);
    for (let retry = 0; retry < RETRIES && isSuspicious(measured); retry += 1) {
      const again = await measure(run);
      const ms = Math.min(again.ms, again.cpuMs, measured.ms);
      measured = { ...again, ms, mb: Math.min(again.mb, measured.mb) };
    }
    outcomes[measured.outcome] = (outcomes[measured.outcome] ?? 0) + 1;
    if (isOver(measured) && violations.length < 20) {
      violations.push({
        input,
        what: `${measured.outcome}: ${measured.ms.toFixed(1)} ms, ${measured.mb.toFixed(1)} MB`,
      });
    }
    if (measured.ms > worst.slowestMs) {
      worst.slowestMs = measured.ms;
      worst.slowestInput = input;
    }
    worst.heapGrowthMb = Math.max(worst.heapGrowthMb, measured.mb);
    worst.reads = Math.max(worst.reads, measured.reads);
    worst.bytesRead = Math.max(worst.bytesRead, measured.bytesRead);
    if (input % 1024 === 0) rss = Math.max(rss, process.memoryUsage.rss());
  }
  return {
    count,
    seed,
    originals: prepared.length,
    seconds: Math.round((performance.now() - begun) / 1000),
    outcomes: Object.fromEntries(Object.entries(outcomes).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    slowestInput: worst.slowestInput,
    slowestMs: Math.round(worst.slowestMs * 100) / 100,
    heapGrowthMb: Math.round(worst.heapGrowthMb * 100) / 100,
    rssGrowthMb: Math.round((rss - rssBefore) / 1e6),
    mostReads: worst.reads,
    mostBytesRead: worst.bytesRead,
    violations,
  };
}

function prepare(file: FuzzFile): Prepared {
  const isContainer = file.parts[0]?.bytes[0] === 0x4d;
  return {
    file,
    targets: file.parts.map(({ bytes }) => ({ bytes, places: findPlaces(bytes, isContainer) })),
  };
}

type Run = () => Promise<{ outcome: string; reads: number; bytesRead: number }>;

async function measure(run: Run) {
  const before = getHeapStatistics();
  const cpu = process.cpuUsage();
  const begun = performance.now();
  let result: Awaited<ReturnType<Run>>;
  try {
    result = await run();
  } catch (error) {
    result = {
      outcome: `throws ${error instanceof Error ? error.message : String(error)}`,
      reads: 0,
      bytesRead: 0,
    };
  }
  const ms = performance.now() - begun;
  const after = getHeapStatistics();
  const { user, system } = process.cpuUsage(cpu);
  const grown = after.used_heap_size - before.used_heap_size + after.external_memory - before.external_memory;
  return { ...result, ms, cpuMs: (user + system) / 1000, mb: grown / 1e6 };
}

function isSuspicious({ outcome, ms, mb }: { outcome: string; ms: number; mb: number }): boolean {
  return !outcome.startsWith("throws") && (ms > SUSPICIOUS.ms || mb > SUSPICIOUS.mb);
}

function isOver({ outcome, ms, mb }: { outcome: string; ms: number; mb: number }): boolean {
  return outcome.startsWith("throws") || ms > LIMIT_MS || mb > LIMIT_MB;
}

/** Most inputs are mutated files; some are compressed blocks alone, and files whose source does not keep its word. */
function makeInput(prepared: readonly Prepared[], others: readonly Target[], random: Random): Run {
  if (random(16) === 0) return decoderRun(random);
  const original = prepared[random(prepared.length)];
  if (!original) throw new Error("There is nothing to mutate");
  const targets = original.targets.map(({ bytes, places }) => ({ bytes: bytes.slice(), places }));
  const target = targets[random(targets.length)];
  if (target) mutate(target, random, others);
  const parts = original.file.parts.map(({ offset }, i) => ({
    offset,
    bytes: targets[i]?.bytes ?? new Uint8Array(0),
  }));
  const file = { sizeBytes: cutOrGrow(original.file.sizeBytes, random), parts };
  const lies = random(16) === 0;
  const lieSeed = random(0x7fff_ffff);
  return async () => {
    const source = lies ? lyingSource(file, seededRandom(lieSeed)) : sourceOf(file);
    const reading = await readBackup(source);
    return { outcome: outcomeOf(reading), reads: reading.reads, bytesRead: reading.bytesRead };
  };
}

function outcomeOf(reading: BackupReading): string {
  if (!reading.ok) return `refusal ${reading.error.code}`;
  return reading.complete ? "result complete" : "result incomplete";
}

function cutOrGrow(sizeBytes: number, random: Random): number {
  switch (random(10)) {
    case 0:
      return random(sizeBytes + 1);
    case 1:
      return sizeBytes + random(70_000);
    case 2:
      return Math.max(0, sizeBytes - random(8_192));
    default:
      return sizeBytes;
  }
}

function sourceOf({ sizeBytes, parts }: FuzzFile): ByteSource {
  return {
    sizeBytes,
    async read(offset, length) {
      const wanted = Math.max(0, Math.min(length, sizeBytes - offset));
      const [only] = parts;
      if (parts.length === 1 && only && offset + wanted <= only.bytes.length) {
        return only.bytes.subarray(offset, offset + wanted);
      }
      const bytes = new Uint8Array(wanted);
      for (const part of parts) {
        const from = Math.max(offset, part.offset);
        const to = Math.min(offset + wanted, part.offset + part.bytes.length);
        if (from < to) bytes.set(part.bytes.subarray(from - part.offset, to - part.offset), from - offset);
      }
      return bytes;
    },
  };
}

/** Gives less or more than was asked for, or claims another size at each look. */
function lyingSource(file: FuzzFile, random: Random): ByteSource {
  const honest = sourceOf(file);
  const sizes = [file.sizeBytes, 0, -1, Number.NaN, 2 ** 53, Number.POSITIVE_INFINITY, 1e15, 0.5, 600];
  const unstable = random(2) === 0;
  return {
    get sizeBytes() {
      return unstable ? (sizes[random(sizes.length)] ?? 0) : file.sizeBytes;
    },
    async read(offset, length) {
      const bytes = await honest.read(offset, length);
      if (random(3) === 0) return bytes.subarray(0, random(bytes.length + 1));
      if (random(3) > 0) return bytes;
      const longer = new Uint8Array(bytes.length + random(1_000));
      longer.set(bytes);
      return longer;
    },
  };
}

/** The decompressor alone, on codes that are complete, so that it gets far. */
function decoderRun(random: Random): Run {
  const input = Uint8Array.from({ length: 256 + random(3_000) }, () => random(256));
  const kind = random(4);
  for (let i = 0; i < 256 && kind > 0; i += 1)
    input[i] = kind === 1 ? 0x99 : i < 128 ? 0x88 : (random(2) * 0x88) & 0xff;
  if (kind === 3) input[random(256)] = random(256);
  const size = [512, 4_096, 65_536, random(65_536)][random(4)] ?? 512;
  return async () => {
    const output = decodeXpressHuffman(input, size);
    if (output !== null && output.length !== size) throw new Error("The decoder gave another size");
    return { outcome: output === null ? "decoder refuses" : "decoder decodes", reads: 0, bytesRead: 0 };
  };
}
