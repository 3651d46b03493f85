import { isExternalError } from "@/lib/diagnosis/external-error";
import type { ByteLimiter } from "./byte-limiter";
import { LaneGovernor } from "./lane-governor";
import type { Part } from "./plan-parts";
import { type RetryOptions, retryCall } from "./retry-call";
import { type PartTarget, type SentPart, sendPart, sumPart } from "./send-part";
import { SlowParts } from "./slow-parts";
import type { SourceFile } from "./source-file";
import type { UploadedPart } from "./uploaded-part";
import type { VerifiedParts } from "./verified-parts";

const CHECK_MS = 500;
const UNCHANGED_MS = 2_000;

export interface SendPartsInput {
  target: PartTarget;
  file: SourceFile;
  parts: readonly Part[];
  /** What OSS has already. */
  present: ReadonlyMap<number, UploadedPart>;
  /** What is known to be there and right; parts that arrive are added. */
  verified: VerifiedParts;
  lanes: { first: number; most: number };
  limiter: ByteLimiter;
  retry: Omit<RetryOptions, "signal" | "onRetry">;
  /** A part slower than this and far slower than its peers is sent anew. */
  slowMs: number;
  /** Ends everything at once. */
  signal: AbortSignal;
  /** No further part is begun. */
  drain?: AbortSignal | undefined;
  /** Bytes that the connection took; negative: those of a part that must go again. */
  onBytes(bytes: number): void;
  onPart(part: Part, how: "sent" | "found"): void;
}

export interface SentParts {
  found: number;
  retried: number;
  lanes: number;
}

/**
 * Sends the missing parts, as many at a time as prove useful, and compares every one, sent now or found, with the
 * file by CRC-64. The first failure that does not pass ends all and is thrown. Returns early when drained.
 */
export async function sendParts(input: SendPartsInput): Promise<SentParts> {
  const { parts, verified, limiter, file } = input;
  const stop = new AbortController();
  const signal = AbortSignal.any([input.signal, stop.signal]);
  const governor = new LaneGovernor(input.lanes);
  const slow = new SlowParts(input.slowMs);
  const queue = parts.filter((part) => !verified.has(part.number)).values();
  const counts = { found: 0, retried: 0 };
  const inFlight = new Set<Promise<void>>();
  let checkedAt = performance.now();
  let exhausted = false;

  const onRetry = (error: unknown) => {
    counts.retried += 1;
    if (isTrouble(error)) governor.onTrouble(performance.now());
  };

  const send = (part: Part): Promise<SentPart> => {
    const earlier = new Set<bigint>();
    const attempt = async () => {
      const own = new AbortController();
      let bytes = 0;
      slow.started(part.number, part.sizeBytes, performance.now(), () => own.abort());
      try {
        const sent = await sendPart({
          target: input.target,
          file,
          part,
          limiter,
          earlier,
          signal: AbortSignal.any([signal, own.signal]),
          onBytes: (count) => {
            bytes += count;
            input.onBytes(count);
          },
        });
        slow.ended(part.number, performance.now(), true);
        return sent;
      } catch (error) {
        slow.ended(part.number, performance.now(), false);
        input.onBytes(-bytes);
        if (own.signal.aborted && !signal.aborted) throw new SlowPartError();
        throw error;
      }
    };
    return retryCall(attempt, { ...input.retry, signal, onRetry });
  };

  const bring = async (part: Part): Promise<void> => {
    const present = input.present.get(part.number);
    if (present && present.crc64 !== null && present.sizeBytes === part.sizeBytes) {
      const own = await sumPart(file, part, signal);
      if (present.crc64 === own.toString()) {
        counts.found += 1;
        verified.add(part.number, { etag: present.etag, crc64: own });
        return input.onPart(part, "found");
      }
    }
    const sent = await send(part);
    governor.onPart(part.sizeBytes, performance.now(), limiter.bytesPerSecond !== null);
    verified.add(part.number, sent);
    input.onPart(part, "sent");
    if (performance.now() - checkedAt < UNCHANGED_MS) return;
    checkedAt = performance.now();
    await file.assertUnchanged();
  };

  let rate = limiter.bytesPerSecond;
  const timer = setInterval(() => {
    if (limiter.bytesPerSecond !== rate) slow.forget();
    rate = limiter.bytesPerSecond;
    slow.check(performance.now());
  }, CHECK_MS);
  try {
    while (true) {
      while (!exhausted && !signal.aborted && !input.drain?.aborted && inFlight.size < governor.target) {
        const next = queue.next();
        exhausted = next.done === true;
        if (next.done) break;
        const work: Promise<void> = bring(next.value)
          .catch((error: unknown) => stop.abort(error))
          .finally(() => inFlight.delete(work));
        inFlight.add(work);
      }
      if (inFlight.size === 0) break;
      await Promise.race(inFlight);
    }
  } finally {
    clearInterval(timer);
  }
  input.signal.throwIfAborted();
  if (stop.signal.aborted) throw stop.signal.reason;
  return { ...counts, lanes: governor.highest };
}

/** Thrown to the retry alone. */
class SlowPartError extends Error {
  override readonly name = "SlowPartError";
}

/** A sum that differs, or one slow connection, is no reason to send less at a time. */
function isTrouble(error: unknown): boolean {
  return isExternalError(error) && error.fields.providerCode !== "ChecksumMismatch";
}
