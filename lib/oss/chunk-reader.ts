import { availableParallelism } from "node:os";
import { Worker, type WorkerOptions } from "node:worker_threads";
import { crc64Module, crc64Tables, SCRATCH_BYTES, TABLE_BYTES } from "./crc64-module";

export const CHUNK_BYTES = 4 * 1024 * 1024;

const MOST_THREADS = 4;
/** Pairs of chunks in the whole process: what uploads hold in memory at most, however many run. */
const MOST_PAIRS = 24;
const PAGE = 65_536;
const FIRST_CHUNK = Math.ceil((TABLE_BYTES + MOST_THREADS * SCRATCH_BYTES) / PAGE) * PAGE;

/** Room for two chunks: one is filled while the other goes out. */
export interface ChunkPair {
  halves: readonly [Uint8Array, Uint8Array];
  /** Where the halves lie in the shared memory. */
  addresses: readonly [number, number];
}

export interface ChunkRead {
  fd: number;
  position: number;
  /** At most `CHUNK_BYTES`. */
  length: number;
  pair: ChunkPair;
  half: 0 | 1;
  /** CRC-64 of what came before. */
  previous: bigint;
}

/** Plain JavaScript in a string: it starts the same under tsx, in a bundle and in the standalone server. */
const THREAD = `
const { parentPort, workerData } = require("node:worker_threads");
const { readSync } = require("node:fs");
const { module, memory, scratch } = workerData;
const room = new Uint8Array(memory.buffer);
const { crc64 } = new WebAssembly.Instance(module, { e: { m: memory } }).exports;
// Small enough that the sum is made while the bytes are still in the processor's cache.
const STEP = 262144;
parentPort.on("message", ({ id, fd, position, length, at, previous }) => {
  let crc = previous;
  let done = 0;
  let error = null;
  try {
    while (done < length) {
      const got = readSync(fd, room, at + done, Math.min(STEP, length - done), position + done);
      if (got === 0) break;
      crc = crc64(at + done, got, scratch, crc);
      done += got;
    }
  } catch (thrown) {
    error = { code: String(thrown.code), message: String(thrown.message) };
  }
  parentPort.postMessage({ id, done, crc: BigInt.asUintN(64, crc), error });
});
`;

interface Answer {
  id: number;
  done: number;
  crc: bigint;
  error: { code: string; message: string } | null;
}

interface Pending {
  settle(answer: Answer): void;
  fail(error: unknown): void;
}

interface Thread {
  worker: Worker;
  scratch: number;
  pending: Map<number, Pending>;
}

/** The file could not be read. `code` is the system's: `EIO`, `ESTALE`, ... */
export class ChunkReadError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = "ChunkReadError";
    this.code = code;
  }
}

/**
 * Reads files and sums them off the main thread, into memory that both sides share: no byte is copied between the
 * file and the socket. One a process; threads start with the first read and do not keep the process alive.
 */
class ChunkReader {
  readonly #memory = new WebAssembly.Memory({
    initial: FIRST_CHUNK / PAGE + (2 * MOST_PAIRS * CHUNK_BYTES) / PAGE,
    maximum: FIRST_CHUNK / PAGE + (2 * MOST_PAIRS * CHUNK_BYTES) / PAGE,
    shared: true,
  });
  readonly #module = crc64Module();
  readonly #threads: Thread[] = [];
  readonly #free: ChunkPair[] = [];
  readonly #waiting: ((pair: ChunkPair) => void)[] = [];
  #made = 0;
  #ids = 0;

  constructor() {
    new Uint8Array(this.#memory.buffer).set(crc64Tables());
  }

  /** Waits while all pairs are in use. Pages of memory are the system's until they are first written. */
  takePair(): Promise<ChunkPair> {
    const free = this.#free.pop();
    if (free) return Promise.resolve(free);
    if (this.#made < MOST_PAIRS) {
      const at = FIRST_CHUNK + this.#made * 2 * CHUNK_BYTES;
      this.#made += 1;
      const chunk = (address: number) => Buffer.from(this.#memory.buffer, address, CHUNK_BYTES);
      const addresses = [at, at + CHUNK_BYTES] as const;
      return Promise.resolve({ halves: [chunk(addresses[0]), chunk(addresses[1])], addresses });
    }
    return new Promise((settle) => this.#waiting.push(settle));
  }

  givePair(pair: ChunkPair): void {
    const next = this.#waiting.shift();
    if (next) next(pair);
    else this.#free.push(pair);
  }

  /** Fewer bytes than asked for only at the file's end. Rejects with ChunkReadError. */
  read(read: ChunkRead): Promise<{ bytes: number; crc64: bigint }> {
    const thread = this.#idlestThread();
    const id = ++this.#ids;
    if (thread.pending.size === 0) thread.worker.ref();
    return new Promise((settle, fail) => {
      thread.pending.set(id, {
        settle: ({ done, crc, error }) =>
          error ? fail(new ChunkReadError(error.code, error.message)) : settle({ bytes: done, crc64: crc }),
        fail,
      });
      thread.worker.postMessage({
        id,
        fd: read.fd,
        position: read.position,
        length: read.length,
        at: read.pair.addresses[read.half],
        previous: read.previous,
      });
    });
  }

  #idlestThread(): Thread {
    const idle = this.#threads.find((thread) => thread.pending.size === 0);
    if (idle) return idle;
    const most = Math.min(MOST_THREADS, Math.max(1, availableParallelism()));
    if (this.#threads.length < most) return this.#startThread();
    return this.#threads.reduce((best, thread) => (thread.pending.size < best.pending.size ? thread : best));
  }

  #startThread(): Thread {
    const used = new Set(this.#threads.map((thread) => thread.scratch));
    let scratch = TABLE_BYTES;
    while (used.has(scratch)) scratch += SCRATCH_BYTES;
    const options: WorkerOptions = {
      eval: true,
      // Neither loaders nor inspectors of the main thread are of use in there.
      execArgv: [],
      workerData: { module: this.#module, memory: this.#memory, scratch },
      resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4 },
    };
    // Bundlers take the argument of a plain `new Worker` for a file that they should pack.
    const worker: Worker = Reflect.construct(Worker, [THREAD, options]);
    const thread: Thread = { worker, scratch, pending: new Map() };
    worker.unref();
    worker.on("message", (answer: Answer) => {
      const pending = thread.pending.get(answer.id);
      thread.pending.delete(answer.id);
      if (thread.pending.size === 0) worker.unref();
      pending?.settle(answer);
    });
    const gone = (error: unknown) => {
      const index = this.#threads.indexOf(thread);
      if (index >= 0) this.#threads.splice(index, 1);
      for (const pending of thread.pending.values()) pending.fail(error);
      thread.pending.clear();
    };
    worker.on("error", gone);
    worker.on("exit", () => gone(new Error("The thread that reads files ended.")));
    this.#threads.push(thread);
    return thread;
  }
}

let reader: ChunkReader | null = null;

/** The process's reader. */
export function chunkReader(): ChunkReader {
  reader ??= new ChunkReader();
  return reader;
}
