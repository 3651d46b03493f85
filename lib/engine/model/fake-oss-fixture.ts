import { only } from "@/lib/context/open-test-ctx";
import { MemoryUploadStore } from "@/lib/oss/memory-upload-store-fixture";
import type { ObjectStore } from "@/lib/oss/object-store";
import { failureOf } from "./fake-rds-fixture";

const AWAY = failureOf("oss", "unavailable", "InternalError");

interface StoredObject {
  bytes: Uint8Array;
  etag: string;
  atMs: number;
}

/** A bucket whose uploads arrive whole. */
export class FakeOss {
  readonly objects = new Map<string, StoredObject>();
  private awayUntilMs = 0;
  private versions = 0;

  constructor(private readonly now: () => number) {}

  goAway(untilMs: number): void {
    this.awayUntilMs = untilMs;
  }

  calm(): void {
    this.awayUntilMs = 0;
  }

  put(key: string, bytes: Uint8Array): StoredObject {
    this.versions += 1;
    const stored = { bytes, etag: `E-${this.versions}`, atMs: this.now() };
    this.objects.set(key, stored);
    return stored;
  }

  /** The adapter of one process; `gate` is passed before and after each call. */
  store(gate: (where: string) => Promise<void>): ObjectStore {
    const uploads = new MemoryUploadStore();
    uploads.arrived = () => Promise.resolve();
    const call = async <T>(where: string, work: () => T | Promise<T>): Promise<T> => {
      await gate(where);
      const result = await work();
      await gate(`${where} answered`);
      return result;
    };
    // An upload tries again by itself, in real time: what reads the bucket meets the outage.
    const read = <T>(where: string, work: () => T): Promise<T> =>
      call(where, () => {
        if (this.now() < this.awayUntilMs) throw AWAY;
        return work();
      });
    const entryOf = (key: string, { bytes, etag, atMs }: StoredObject) => ({
      key,
      sizeBytes: bytes.length,
      etag,
      lastModifiedAt: new Date(atMs).toISOString(),
      storageClass: "Standard",
    });
    return only<ObjectStore>({
      bucketInfo: (name) =>
        read("bucketInfo", () => ({
          name,
          regionId: "cn-hangzhou",
          storageClass: "Standard",
          acl: "private",
          encryption: "None",
          ownerId: "1",
          versioning: null,
          extranetEndpoint: "oss-cn-hangzhou.aliyuncs.com",
          intranetEndpoint: "oss-cn-hangzhou-internal.aliyuncs.com",
        })),
      listObjects: ({ prefix }) =>
        read("listObjects", () => ({
          objects: [...this.objects]
            .filter(([key]) => key.startsWith(prefix))
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, object]) => entryOf(key, object)),
          nextContinuationToken: null,
        })),
      headObject: ({ key }) =>
        call("headObject", () => {
          const object = this.objects.get(key);
          return object ? { ...entryOf(key, object), crc64: null } : null;
        }),
      readRange: ({ key }, offset, length) =>
        read("readRange", () => {
          const object = this.objects.get(key);
          if (!object) throw failureOf("oss", "not_found", "NoSuchKey");
          return object.bytes.subarray(offset, offset + length);
        }),
      startUpload: () => call("startUpload", () => uploads.startUpload()),
      listUploads: () => call("listUploads", () => []),
      listParts: (upload) => call("listParts", () => uploads.listParts(upload)),
      uploadPart: (part, signal) => call("uploadPart", () => uploads.uploadPart(part, signal)),
      completeUpload: (upload) =>
        call("completeUpload", async () => {
          const { crc64 } = await uploads.completeUpload(upload);
          const bytes = uploads.objects.get(upload.key) ?? new Uint8Array();
          return { etag: this.put(upload.key, bytes).etag, crc64 };
        }),
      abortUpload: (upload) => call("abortUpload", () => uploads.abortUpload(upload)),
      deleteObject: ({ key }) => call("deleteObject", () => void this.objects.delete(key)),
    });
  }
}
