import { z } from "zod";
import { defineStep, NO_INPUT } from "@/lib/migration/step-definition";
import { UploadCheckpoint } from "@/lib/migration/upload-checkpoint";

export const upload = defineStep({
  kind: "upload",
  nature: "resumable",
  phase: "by_file",
  group: "file",
  bar: "upload",
  scope: "round",
  follows: [{ after: "backup" }, { after: "find_file", when: ({ file }) => file?.needsUpload === true }],
  input: NO_INPUT,
  checkpoint: UploadCheckpoint,
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
