import { z } from "zod";
import { defineStep, NO_INPUT } from "@/lib/migration/step-definition";

export const upload = defineStep({
  kind: "upload",
  nature: "resumable",
  phase: "by_file",
  group: "file",
  bar: "upload",
  scope: "round",
  follows: [{ after: "backup" }, { after: "find_file", when: ({ file }) => file?.needsUpload === true }],
  input: NO_INPUT,
  /** Everything needed to go on in another process; the parts themselves are asked of OSS. */
  checkpoint: z.object({
    uploadId: z.string(),
    partSize: z.number(),
    sizeBytes: z.number(),
    mtimeMs: z.number(),
    sample: z.string().exactOptional(),
    verified: z.object({ parts: z.number(), crc64: z.string() }).exactOptional(),
    spent: z
      .object({
        elapsedMs: z.number(),
        sentBytes: z.number(),
        retries: z.number(),
        runs: z.number(),
        lanes: z.number(),
      })
      .exactOptional(),
  }),
  result: z.object({
    etag: z.string(),
    crc64: z.string(),
    sizeBytes: z.number(),
    partSize: z.number(),
    parts: z.number(),
    partsReused: z.number(),
    partsRetried: z.number(),
    sentBytes: z.number(),
    elapsedMs: z.number(),
    bytesPerSecond: z.number(),
    lanes: z.number(),
    runs: z.number(),
  }),
  facts: ({ checkpoint, result }) => [
    ...(result
      ? [
          { name: "parts", value: result.parts, as: "text" as const },
          { name: "partSize", value: result.partSize, as: "wire" as const },
          { name: "crc64", value: result.crc64, as: "wire" as const },
          { name: "etag", value: result.etag, as: "wire" as const },
        ]
      : []),
    ...(checkpoint ? [{ name: "uploadId", value: checkpoint.uploadId, as: "wire" as const }] : []),
  ],
});
