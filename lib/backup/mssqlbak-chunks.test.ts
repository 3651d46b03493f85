import { describe, expect, it } from "vitest";
import { backupBytes } from "@/sandbox/backup-writer/write-backup";
import { chunkFormatOf, decodeChunk, decodeRun } from "./mssqlbak-chunks";

const format = chunkFormatOf(2, 3);

describe("decodeRun", () => {
  it("joins chunks of any sizes, a small one before a large one", () => {
    const lsn = 1_00001n;
    const set = { type: "log" as const, databaseName: "S", firstLsn: lsn, lastLsn: lsn, checkpointLsn: lsn };
    const spec = { blockSize: 512, compressed: true, sets: [{ ...set, payloadBytes: 200_000 }] };
    const bytes = Uint8Array.from(Buffer.concat([...backupBytes(spec)]));
    if (format === null) throw new Error("version 2 is known");
    const start = format.layout.firstChunkAt;
    const small = decodeChunk(bytes, start, format);
    expect(small?.data.length).toBe(1024);
    // The first of the chunks that hold 64 KiB of log.
    let at = small?.next ?? 0;
    while ((decodeChunk(bytes, at, format)?.data.length ?? 0) < 65_536) at += 1;
    const large = decodeChunk(bytes, at, format);
    const run = Buffer.concat([bytes.subarray(start, small?.next), bytes.subarray(at, large?.next)]);
    expect(decodeRun(run, 0, format, () => false)).toHaveLength(1024 + 65_536);
  });
});
