import { describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/context/context";
import { only } from "@/lib/context/open-test-ctx";
import type { ObjectStore } from "@/lib/oss/object-store";
import { backupBytes } from "@/sandbox/backup-writer/write-backup";
import { readObjectHeader } from "./read-object-header";

function ctxOf(objects: ObjectStore): Ctx {
  const ctx = {
    actor: { kind: "person", id: "o", name: "o", role: "operator" },
    clients: { objects: async () => objects },
    db: {
      connection: { findUnique: async () => ({ id: "cloud", kind: "cloud_account", archivedAt: null }) },
    },
  };
  return ctx as unknown as Ctx;
}

describe("an object's header", () => {
  const bytes = Buffer.concat([
    ...backupBytes({
      sets: [
        {
          type: "full",
          databaseName: "Shop",
          firstLsn: 37000000012300037n,
          lastLsn: 37000000014700001n,
          checkpointLsn: 37000000012300037n,
          payloadBytes: 300_000,
        },
      ],
    }),
  ]);

  test("is read by a few ranged reads, once for each version of the object", async () => {
    let reads = 0;
    let etag = "v1";
    const objects = only<ObjectStore>({
      headObject: async ({ key }) => ({
        key,
        sizeBytes: bytes.length,
        lastModifiedAt: "2026-05-01T00:00:00Z",
        etag,
        storageClass: "Standard",
        crc64: null,
      }),
      readRange: async (_object, offset, length) => {
        reads += 1;
        return bytes.subarray(offset, offset + length);
      },
    });
    const ctx = ctxOf(objects);
    const input = { connectionId: "cloud", bucket: "staging", key: "shop/full.bak" };
    const view = await readObjectHeader({ ctx, input });
    expect(view).toMatchObject({
      complete: true,
      error: null,
      sets: [
        { type: "full", databaseName: "Shop", firstLsn: "37000000012300037", lastLsn: "37000000014700001" },
      ],
    });
    const first = reads;
    expect(first).toBeLessThanOrEqual(3);
    await readObjectHeader({ ctx, input });
    expect(reads).toBe(first);
    etag = "v2";
    await readObjectHeader({ ctx, input });
    expect(reads).toBe(first * 2);
  });

  test("an object that is not there is not found", async () => {
    const ctx = ctxOf(only<ObjectStore>({ headObject: async () => null }));
    const input = { connectionId: "cloud", bucket: "staging", key: "none.bak" };
    await expect(readObjectHeader({ ctx, input })).rejects.toMatchObject({
      fields: { code: "not_found", reason: "object_not_found" },
    });
  });
});
