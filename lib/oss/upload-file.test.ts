import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ExternalError } from "@/lib/diagnosis/external-error";
import type { UploadCheckpoint } from "@/lib/migration/upload-checkpoint";
import { crc64 } from "./crc64";
import { failure, MemoryUploadStore } from "./memory-upload-store-fixture";
import { type UploadFileInput, uploadFile } from "./upload-file";

const KIB = 1024;
const limits = { partSize: 10 * KIB, firstDelayMs: 1, longestDelayMs: 2, attempts: 3 };

let folder: string;
let localPath: string;
let content: Buffer;
let store: MemoryUploadStore;
let saved: UploadCheckpoint[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "upload-"));
  localPath = join(folder, "sales.bak");
  content = Buffer.from(
    Uint8Array.from({ length: 73 * KIB }, (_, index) => (index * 37 + (index >> 9)) & 255),
  );
  writeFileSync(localPath, content);
  store = new MemoryUploadStore();
  saved = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

function upload(more: Partial<UploadFileInput> = {}) {
  return uploadFile({
    store,
    bucket: "b",
    key: "k.bak",
    localPath,
    checkpoint: null,
    onCheckpoint: (checkpoint) => {
      saved.push(checkpoint);
    },
    limits,
    ...more,
  });
}

describe("a first upload", () => {
  test("brings the file whole, in parallel, with its checksum", async () => {
    const progress: number[] = [];
    const receipt = await upload({ onProgress: ({ doneBytes }) => progress.push(doneBytes) });
    expect(Buffer.compare(store.objects.get("k.bak") ?? Buffer.alloc(0), content)).toBe(0);
    expect(receipt).toMatchObject({ etag: "E-3", parts: 8, partsReused: 0, partsRetried: 0 });
    expect(receipt).toMatchObject({ crc64: crc64(content).toString(), sizeBytes: content.length });
    expect(progress.at(-1)).toBe(content.length);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
  });

  test("sends four parts at a time", async () => {
    let open = () => {};
    const fourAreHere = new Promise<void>((resolve) => {
      open = resolve;
    });
    store.arrived = () => {
      if (store.inFlight === 4) open();
      return fourAreHere;
    };
    expect(await upload()).toMatchObject({ parts: 8 });
  });

  test("saves the checkpoint before the first part", async () => {
    let partsBefore = -1;
    await upload({
      onCheckpoint: async (checkpoint) => {
        await new Promise((resolve) => setImmediate(resolve));
        partsBefore = store.sentParts.length;
        saved.push(checkpoint);
      },
    });
    expect(partsBefore).toBe(0);
    expect(saved).toHaveLength(1);
    expect(saved[0]).toMatchObject({ uploadId: "upload-1", partSize: 10 * KIB, sizeBytes: content.length });
  });

  test("a file under one part is one part", async () => {
    writeFileSync(localPath, "tiny");
    expect(await upload()).toMatchObject({ parts: 1, sizeBytes: 4 });
  });

  test("an empty and a missing file are refused", async () => {
    writeFileSync(localPath, "");
    await expect(upload()).rejects.toMatchObject({ fields: { reason: "upload_file_empty" } });
    rmSync(localPath);
    await expect(upload()).rejects.toMatchObject({ fields: { reason: "upload_file_missing" } });
  });
});

describe("failures that pass", () => {
  test.each(["unavailable", "timeout", "throttled"] as const)(
    "a part is sent again after %s",
    async (kind) => {
      let failed = 0;
      store.before = (call, number) => {
        if (call === "part" && number === 3 && failed++ < 2) throw failure(kind, "X");
      };
      expect(await upload()).toMatchObject({ partsRetried: 2, crc64: crc64(content).toString() });
    },
  );

  test("a part that arrived with other bytes is sent again", async () => {
    let wrong = 1;
    store.reportedCrc = (crc) => (wrong-- > 0 ? "1" : crc);
    expect(await upload()).toMatchObject({ partsRetried: 1, crc64: crc64(content).toString() });
  });

  test("attempts come to an end, and the other lanes stop", async () => {
    store.before = (call, number) => {
      if (call === "part" && number === 2) throw failure("unavailable", "InternalError");
    };
    await expect(upload()).rejects.toMatchObject({ fields: { providerCode: "InternalError" } });
    expect(store.inFlight).toBe(0);
    expect(store.objects.size).toBe(0);
  });

  test("a refusal is not repeated", async () => {
    let calls = 0;
    store.before = (call) => {
      if (call === "part") calls += 1;
      if (call === "part") throw failure("forbidden", "AccessDenied");
    };
    await expect(upload()).rejects.toMatchObject({ fields: { providerCode: "AccessDenied" } });
    expect(calls).toBeLessThanOrEqual(4);
  });

  test("a completion whose answer was lost is found, not repeated", async () => {
    let completions = 0;
    store.after = (call) => {
      if (call !== "complete") return;
      completions += 1;
      throw failure("timeout", "IdleTimeout");
    };
    expect(await upload()).toMatchObject({ etag: "E-head", crc64: crc64(content).toString() });
    expect(completions).toBe(1);
  });

  test("a completion that did not happen is repeated", async () => {
    let failed = 0;
    store.before = (call) => {
      if (call === "complete" && failed++ < 1) throw failure("unavailable", "InternalError");
    };
    expect(await upload()).toMatchObject({ etag: "E-3" });
  });

  test("an object that is not the file is removed and told", async () => {
    const crc = crc64(content).toString();
    store.reportedCrc = (sum) => (sum === crc ? "42" : sum);
    await expect(upload()).rejects.toMatchObject({ fields: { providerCode: "ObjectChecksumMismatch" } });
    expect(store.objects.size).toBe(0);
  });
});

describe("going on", () => {
  async function interrupted(): Promise<UploadCheckpoint> {
    store.before = (call, number) => {
      if (call === "part" && number > 5) throw failure("forbidden", "AccessDenied");
    };
    await expect(upload()).rejects.toBeInstanceOf(ExternalError);
    store.before = () => undefined;
    store.sentParts.length = 0;
    const [checkpoint] = saved;
    if (!checkpoint) throw new Error("no checkpoint");
    return JSON.parse(JSON.stringify(checkpoint)) as UploadCheckpoint;
  }

  test("sends only what is missing", async () => {
    const checkpoint = await interrupted();
    const present = (await store.listParts(checkpoint))?.length ?? 0;
    const receipt = await upload({ checkpoint });
    expect(present).toBeGreaterThan(0);
    expect(receipt).toMatchObject({ partsReused: present, crc64: crc64(content).toString() });
    expect(store.sentParts).toHaveLength(8 - present);
    expect(new Set(saved.map((one) => one.uploadId)).size).toBe(1);
  });

  test("sends a part again whose bytes in OSS are not the file's", async () => {
    const checkpoint = await interrupted();
    const parts = store.uploads.get(checkpoint.uploadId);
    parts?.set(1, { body: new Uint8Array(10 * KIB), etag: '"other"' });
    await upload({ checkpoint });
    expect(store.sentParts).toContain(1);
    expect(Buffer.compare(store.objects.get("k.bak") ?? Buffer.alloc(0), content)).toBe(0);
  });

  test("refuses a file that changed", async () => {
    const checkpoint = await interrupted();
    utimesSync(localPath, new Date(), new Date(1));
    await expect(upload({ checkpoint })).rejects.toMatchObject({ fields: { reason: "upload_file_changed" } });
    expect(store.sentParts).toEqual([]);
  });

  test("finds the object when the upload was completed unheard", async () => {
    const checkpoint = await interrupted();
    store.uploads.clear();
    store.objects.set("k.bak", Uint8Array.from(content));
    expect(await upload({ checkpoint })).toMatchObject({ partsReused: 8, etag: "E-head" });
    expect(store.sentParts).toEqual([]);
  });

  test("starts anew when the upload is gone and the object is another", async () => {
    const checkpoint = await interrupted();
    store.uploads.clear();
    store.objects.set("k.bak", new Uint8Array(content.length));
    expect(await upload({ checkpoint })).toMatchObject({ partsReused: 0, crc64: crc64(content).toString() });
    expect(new Set(saved.map((one) => one.uploadId)).size).toBe(2);
  });

  test("an abort stops it with the caller's reason and leaves the upload to go on with", async () => {
    const abort = new AbortController();
    const reason = new Error("shutting down");
    store.after = (_, number) => {
      if (number === 2) abort.abort(reason);
    };
    await expect(upload({ signal: abort.signal })).rejects.toBe(reason);
    store.after = () => undefined;
    const receipt = await upload({ checkpoint: saved[0] ?? null });
    expect(receipt.partsReused).toBeGreaterThan(0);
  });
});

test("a file that changes while it is sent is refused", async () => {
  store.after = (call, number) => {
    if (call === "part" && number === 8) utimesSync(localPath, new Date(), new Date(5));
  };
  await expect(upload()).rejects.toMatchObject({ fields: { reason: "upload_file_changed" } });
  expect(store.objects.size).toBe(0);
});
