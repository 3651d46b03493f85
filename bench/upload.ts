import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { combineCrc64 } from "@/lib/backup/crc64";
import { crc64 } from "@/lib/oss/crc64";
import { partSizeFor, planParts } from "@/lib/oss/plan-parts";
import type { UploadJob, UploadRun } from "./upload-client";

const MIB = 1024 * 1024;
/** Rounds: five for a file up to this many MiB, three for a larger one. */
const SMALL_MB = 512;
/** Above this many MiB only the file that takes no room on disk. */
const LARGE_MB = 4096;
const WAYS = ["ours", "barePuts", "aliOss", "aliOssSameParts", "guideLoop", "read", "sum"] as const;

type Way = UploadJob["way"];
type Client = { child: ChildProcess; idleRssMb: number };

/**
 * Our uploader against others, each in a process of its own, all against one server in a process of its own, one after
 * another in changing order. `to*` is our throughput divided by theirs, the median of the rounds, sparse and dense file
 * together; `*Sparse`, `*Dense` apart. `idleRssMb` is our process before its first upload, `peakRssMb` the most it
 * ever held beyond that. `cpuSecondsPerGb` is our process's, a GB being 10^9 bytes; `barePutsCpuSecondsPerGb` theirs.
 * Ours is made of what reading (`readCpu…`), summing (`sumCpu…`) and sending (`sendCpu…`: what a bare PUT takes beyond
 * reading) cost alone, and the rest (`restCpu…`): threads, turns of the loop, bookkeeping. `serverCpu…` is the other end's
 * for ours. `toBarePutsByCpu` is what `toBarePuts` comes to where all of it shares the cores and they are full: it hardly
 * changes with what else the machine does.
 */
export async function benchUpload(options: { sizeMb: number }): Promise<Record<string, number | string>> {
  const folder = mkdtempSync(join(tmpdir(), "chainferry-bench-"));
  const sizeBytes = Math.round(options.sizeMb) * MIB;
  const large = options.sizeMb > LARGE_MB;
  const rounds = options.sizeMb <= SMALL_MB ? 5 : 3;
  const partSize = partSizeFor(sizeBytes);
  const server = start("bench-upload-server");
  const [{ port }] = (await once(server, "message")) as [{ port: number }];
  const clients = new Map<Way, Client>();
  const serverMs = { ours: [] as number[], barePuts: [] as number[] };
  try {
    for (const way of WAYS) clients.set(way, await startClient());
    const all: Record<Way, UploadRun>[] = [];
    const byKind: Record<string, Record<Way, UploadRun>[]> = {};
    for (const kind of large ? (["sparse"] as const) : (["sparse", "dense"] as const)) {
      const path = join(folder, `${kind}.bak`);
      await writeFile(path, sizeBytes, kind);
      server.send(await checksumsOf(path, sizeBytes, partSize));
      await once(server, "message");
      const measured: Record<Way, UploadRun>[] = [];
      // Not counted: gets everything warm and tells how many lanes ours takes.
      let { lanes } = await runOnce(clients, { way: "ours", port, path, sizeBytes, partSize, lanes: 0 });
      for (let round = 0; round < rounds; round += 1) {
        const runs: Partial<Record<Way, UploadRun>> = {};
        for (const way of rotated(WAYS, round)) {
          const before = await cpuOf(server);
          runs[way] = await runOnce(clients, { way, port, path, sizeBytes, partSize, lanes });
          const taken = (await cpuOf(server)) - before;
          if (way === "ours") serverMs.ours.push(taken);
          if (way === "barePuts") serverMs.barePuts.push(taken);
        }
        const whole = runs as Record<Way, UploadRun>;
        lanes = whole.ours.lanes;
        measured.push(whole);
      }
      all.push(...measured);
      byKind[kind] = measured;
      rmSync(path);
    }
    return report({ all, byKind, clients, serverMs, sizeBytes, partSize, rounds });
  } finally {
    for (const { child } of clients.values()) child.kill();
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

function report(from: {
  all: Record<Way, UploadRun>[];
  byKind: Record<string, Record<Way, UploadRun>[]>;
  clients: Map<Way, Client>;
  /** Processor time of the server, each run's. */
  serverMs: { ours: number[]; barePuts: number[] };
  sizeBytes: number;
  partSize: number;
  rounds: number;
}): Record<string, number | string> {
  const { all, byKind, clients, sizeBytes } = from;
  const idleRssMb = clients.get("ours")?.idleRssMb ?? 0;
  const gb = sizeBytes / 1e9;
  const ratio = (runs: Record<Way, UploadRun>[], way: Way) =>
    round2(median(runs.map((run) => run[way].ms / run.ours.ms)));
  const perGb = (ms: number[]) => median(ms) / 1000 / gb;
  const cpu = (way: Way) => perGb(all.map((run) => run[way].cpuMs));
  const [ours, bare, read, sum] = [cpu("ours"), cpu("barePuts"), cpu("read"), cpu("sum")];
  const server = { ours: perGb(from.serverMs.ours), bare: perGb(from.serverMs.barePuts) };
  const figures: Record<string, number | string> = {
    toBarePuts: ratio(all, "barePuts"),
    toAliOss: ratio(all, "aliOss"),
    toAliOssSameParts: ratio(all, "aliOssSameParts"),
    toGuideLoop: ratio(all, "guideLoop"),
    peakRssMb: Math.round(Math.max(...all.map((run) => run.ours.peakRssMb)) - idleRssMb),
    idleRssMb: Math.round(idleRssMb),
    cpuSecondsPerGb: round2(ours),
    barePutsCpuSecondsPerGb: round2(bare),
    readCpuSecondsPerGb: round2(read),
    sumCpuSecondsPerGb: round2(sum),
    sendCpuSecondsPerGb: round2(bare - read),
    restCpuSecondsPerGb: round2(ours - sum - bare),
    serverCpuSecondsPerGb: round2(server.ours),
    toBarePutsByCpu: round2((bare + server.bare) / (ours + server.ours)),
    sizeMb: sizeBytes / MIB,
    partSizeMb: from.partSize / MIB,
    lanes: Math.max(...all.map((run) => run.ours.lanes)),
    rounds: from.rounds,
    oursMbPerSecond: Math.round(median(all.map((run) => sizeBytes / 1e3 / run.ours.ms))),
    barePutsMbPerSecond: Math.round(median(all.map((run) => sizeBytes / 1e3 / run.barePuts.ms))),
  };
  for (const [kind, runs] of Object.entries(byKind)) {
    const suffix = kind === "sparse" ? "Sparse" : "Dense";
    figures[`toBarePuts${suffix}`] = ratio(runs, "barePuts");
    figures[`toAliOss${suffix}`] = ratio(runs, "aliOss");
    figures[`toAliOssSameParts${suffix}`] = ratio(runs, "aliOssSameParts");
    figures[`toGuideLoop${suffix}`] = ratio(runs, "guideLoop");
  }
  return figures;
}

async function startClient(): Promise<Client> {
  const child = start("bench-upload-client");
  const [{ idleRssMb }] = (await once(child, "message")) as [{ idleRssMb: number }];
  return { child, idleRssMb };
}

function start(program: string): ChildProcess {
  const child = fork("scripts/run.mjs", [program], { stdio: ["ignore", 2, 2, "ipc"] });
  child.on("exit", (code) => {
    if (code) throw new Error(`${program} ended with ${code}`);
  });
  return child;
}

async function cpuOf(server: ChildProcess): Promise<number> {
  server.send("cpu");
  const [{ cpuMs }] = (await once(server, "message")) as [{ cpuMs: number }];
  return cpuMs;
}

async function runOnce(clients: Map<Way, Client>, job: UploadJob): Promise<UploadRun> {
  const client = clients.get(job.way);
  if (!client) throw new Error(`No client for ${job.way}`);
  client.child.send(job);
  const [run] = (await once(client.child, "message")) as [UploadRun];
  return run;
}

async function writeFile(path: string, sizeBytes: number, kind: "sparse" | "dense"): Promise<void> {
  const file = await open(path, "w");
  if (kind === "sparse") {
    await file.truncate(sizeBytes);
  } else {
    const block = new Uint32Array((4 * MIB) / 4);
    let state = 42;
    for (let index = 0; index < block.length; index += 1) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
      block[index] = state;
    }
    const bytes = new Uint8Array(block.buffer);
    for (let at = 0; at < sizeBytes; at += bytes.length) {
      block[0] = at;
      await file.write(bytes, 0, Math.min(bytes.length, sizeBytes - at), at);
    }
    await file.sync();
  }
  await file.close();
}

/** Reads the file once, so that every contender finds it in the system's cache. */
async function checksumsOf(path: string, sizeBytes: number, partSize: number) {
  const file = await open(path, "r");
  const buffer = new Uint8Array(partSize);
  const parts: Record<string, string> = {};
  let whole = 0n;
  for (const part of planParts(sizeBytes, partSize)) {
    const bytes = buffer.subarray(0, part.sizeBytes);
    await file.read(bytes, 0, bytes.length, part.offset);
    const sum = crc64(bytes);
    parts[`${part.number}/${bytes.length}`] = sum.toString();
    whole = combineCrc64(whole, sum, bytes.length);
  }
  await file.close();
  return { parts, whole: whole.toString() };
}

function rotated<T>(items: readonly T[], by: number): T[] {
  const at = by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
