import { PGlite } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";
import { syncOpened } from "@/lib/store/sync-to-disk";

type InitOptions = Parameters<NodeFS["init"]>[1];
type PostgresModule = Parameters<NonNullable<InitOptions["preRun"]>[number]>[0];

/**
 * PGlite's Node file system with an fsync that reaches the disk: Emscripten's NODEFS has none, so PostgreSQL's
 * would succeed without doing anything. Needs `DURABLE_START_PARAMS`, or PostgreSQL never asks.
 */
export class DurableNodeFs extends NodeFS {
  /** Why PostgreSQL gave up, in its own words; null while it did not. Its exceptions say "Aborted()" only. */
  lastWords: string | null = null;

  override async init(pg: PGlite, options: InitOptions): ReturnType<NodeFS["init"]> {
    const { emscriptenOpts } = await super.init(pg, options);
    const preRun = [...(emscriptenOpts.preRun ?? []), addFsync];
    return { emscriptenOpts: { ...emscriptenOpts, preRun, printErr: (line: string) => this.listen(line) } };
  }

  private listen(line: string): void {
    const [, words] = /\b(?:FATAL|PANIC):\s+(.*)/.exec(line) ?? [];
    this.lastWords ??= words ?? null;
  }
}

/** PGlite's own without `-F` (fsync off). `fdatasync` does nothing in this build, so WAL is synced by `fsync`. */
export const DURABLE_START_PARAMS = [
  ...PGlite.defaultStartParams.filter((param) => param !== "-F"),
  ...["-c", "fsync=on", "-c", "wal_sync_method=fsync", "-c", "synchronous_commit=on"],
  // 16 MB in 8 kB pages: the store is small, and PGlite's default of 128 MB is resident for good.
  ...["-c", "shared_buffers=2048"],
];

function addFsync(module: PostgresModule): void {
  const operations: unknown = Reflect.get(Object(Reflect.get(module, "NODEFS")), "stream_ops");
  if (typeof operations !== "object" || operations === null) {
    throw new Error("This PGlite has no NODEFS.stream_ops: commits would not reach the disk");
  }
  Reflect.set(operations, "fsync", (stream: { nfd: number }) => {
    syncOpened(stream.nfd);
    return 0;
  });
}
