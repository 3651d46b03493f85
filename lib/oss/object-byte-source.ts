import type { ByteSource } from "@/lib/backup/header";
import type { ObjectStore } from "./object-store";

/** An object as the header reader sees it: every `read` is one ranged GET. Throws what the store throws. */
export function objectByteSource(
  store: Pick<ObjectStore, "readRange">,
  bucket: string,
  key: string,
  sizeBytes: number,
  signal?: AbortSignal,
): ByteSource {
  return {
    sizeBytes,
    async read(offset, length) {
      const wanted = Math.min(length, sizeBytes - offset);
      if (wanted <= 0) return new Uint8Array(0);
      return store.readRange({ bucket, key }, offset, wanted, signal);
    },
  };
}
