import { combineCrc64 } from "@/lib/backup/crc64";
import type { UploadWay } from "@/lib/contracts/browser-upload";
import { checksumSlice } from "./checksum-slice";
import { LaneCount } from "./lane-count";

/** A part did not arrive. `again`: the same may work in a moment; `gone`: OSS knows the upload no more. */
export type PartFailure = "again" | "no_answer" | "gone" | "refused";

export class PartError extends Error {
  constructor(
    readonly failure: PartFailure,
    /** OSS's code, or what a person may search for. */
    readonly detail: string,
  ) {
    super(`${failure}: ${detail}`);
    this.name = "PartError";
  }
}

export interface SendProgress {
  /** Bytes that OSS has, those on the line included. */
  doneBytes: number;
  /** Of these, what was there before. */
  reusedBytes: number;
  partsDone: number;
  lanes: number;
  way: UploadWay;
  /** The last tries failed; it goes on trying. */
  struggling: boolean;
}

export interface SendFileInput {
  file: Blob;
  partSize: number;
  partCount: number;
  /** What OSS has, by part number; null: it does not say the checksum. */
  have: ReadonlyMap<number, string | null>;
  /** Checksums of the file's parts that are known already; filled while it runs. */
  checksums: Map<number, bigint>;
  signal: AbortSignal;
  way: () => UploadWay;
  /** Resolves at once, or when a pause ends. */
  gate: () => Promise<void>;
  /** Puts one part, whichever way. Throws PartError. */
  put(part: {
    number: number;
    body: Blob;
    signal: AbortSignal;
    onProgress: (sentBytes: number) => void;
  }): Promise<string | null>;
  /** Parts keep failing without an answer on the direct way: is it still open? */
  onNoAnswer(): Promise<void>;
  onProgress(progress: SendProgress): void;
  /** Tests make it short. */
  delayMs?: (attempt: number) => number;
}

export interface SendFileResult {
  /** Of the whole file, combined from its parts. */
  crc64: bigint;
  partsReused: number;
  partsRetried: number;
}

const MOST_MISMATCHES = 5;
const NO_ANSWERS_BEFORE_DOUBT = 3;

/**
 * Sends what OSS does not have yet, several parts at once, each compared by CRC-64; what it has is read and compared
 * too, and sent again where it differs. A line that breaks is waited for. Rejects with PartError `gone`, `refused`, the
 * signal's reason, or what reading the file throws (it changed).
 */
export async function sendFile(input: SendFileInput): Promise<SendFileResult> {
  const { file, partSize, partCount, have, checksums, signal } = input;
  const delayMs =
    input.delayMs ?? ((attempt) => Math.min(20_000, 500 * 2 ** attempt) * (0.75 + Math.random() / 2));
  const lanes = new LaneCount();
  const toCheck = [...have.keys()].filter((number) => number <= partCount).sort((a, b) => a - b);
  const toSend = Array.from({ length: partCount }, (_, index) => index + 1).filter(
    (number) => !have.has(number),
  );
  const onLine = new Map<number, number>();
  const state = { done: 0, reused: 0, partsDone: 0, partsReused: 0, retried: 0, silent: 0, struggling: 0 };
  const stop = new AbortController();
  const ended = AbortSignal.any([signal, stop.signal]);
  const sizeOf = (number: number) => Math.min(partSize, file.size - (number - 1) * partSize);
  const report = () => {
    const flying = [...onLine.values()].reduce((sum, bytes) => sum + bytes, 0);
    input.onProgress({
      doneBytes: Math.min(file.size, state.done + flying),
      reusedBytes: state.reused,
      partsDone: state.partsDone,
      lanes: lanes.value,
      way: input.way(),
      struggling: state.struggling > 0,
    });
  };
  const settle = (number: number) => {
    state.done += sizeOf(number);
    state.partsDone += 1;
    report();
  };
  const checksumOf = async (number: number): Promise<bigint> => {
    const known = checksums.get(number);
    if (known !== undefined) return known;
    const crc = await checksumSlice(file, (number - 1) * partSize, sizeOf(number), ended);
    checksums.set(number, crc);
    return crc;
  };

  // What is there counts as done at once; a part that turns out different is taken off again.
  for (const number of toCheck) {
    state.reused += sizeOf(number);
    settle(number);
  }

  async function check(): Promise<void> {
    for (const number of toCheck) {
      await input.gate();
      ended.throwIfAborted();
      const crc = await checksumOf(number);
      const theirs = have.get(number) ?? null;
      if (theirs === null || theirs === crc.toString()) {
        state.partsReused += 1;
        continue;
      }
      state.done -= sizeOf(number);
      state.reused -= sizeOf(number);
      state.partsDone -= 1;
      toSend.push(number);
    }
  }

  async function attempt(number: number): Promise<boolean> {
    const offset = (number - 1) * partSize;
    onLine.set(number, 0);
    const sending = input.put({
      number,
      body: file.slice(offset, offset + sizeOf(number)),
      signal: ended,
      onProgress: (bytes) => {
        onLine.set(number, Math.min(bytes, sizeOf(number)));
        report();
      },
    });
    // Computed while the part is on the line; a failure of either ends both.
    const [theirs, ours] = await Promise.all([sending, checksumOf(number)]).finally(() =>
      onLine.delete(number),
    );
    return theirs === null || theirs === ours.toString();
  }

  async function send(number: number): Promise<void> {
    let mismatches = 0;
    for (let tries = 0; ; tries += 1) {
      await input.gate();
      ended.throwIfAborted();
      try {
        if (await attempt(number)) {
          state.silent = 0;
          lanes.arrived(sizeOf(number), performance.now());
          return settle(number);
        }
        mismatches += 1;
        if (mismatches >= MOST_MISMATCHES) throw new PartError("refused", "crc64");
      } catch (error) {
        if (!(error instanceof PartError) || error.failure === "gone" || error.failure === "refused")
          throw error;
        lanes.complained();
        if (error.failure === "no_answer") {
          state.silent += 1;
          if (state.silent % NO_ANSWERS_BEFORE_DOUBT === 0) await input.onNoAnswer();
        }
      }
      state.retried += 1;
      state.struggling += 1;
      report();
      await pause(delayMs(tries), ended).finally(() => {
        state.struggling -= 1;
      });
    }
  }

  const checking = { now: true };
  const running = new Set<Promise<void>>();
  const launch = (work: Promise<void>) => {
    const tracked = work.finally(() => running.delete(tracked));
    running.add(tracked);
  };
  try {
    launch(
      check().finally(() => {
        checking.now = false;
      }),
    );
    while (toSend.length > 0 || running.size > 0) {
      const senders = running.size - (checking.now ? 1 : 0);
      if (toSend.length > 0 && senders < lanes.value) {
        const number = toSend.shift();
        if (number !== undefined) launch(send(number));
        continue;
      }
      await Promise.race(running);
    }
  } catch (error) {
    stop.abort(error);
    await Promise.allSettled(running);
    throw signal.aborted ? signal.reason : error;
  }
  let crc64 = 0n;
  for (let number = 1; number <= partCount; number += 1) {
    crc64 = combineCrc64(crc64, await checksumOf(number), sizeOf(number));
  }
  return { crc64, partsReused: state.partsReused, partsRetried: state.retried };
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}
