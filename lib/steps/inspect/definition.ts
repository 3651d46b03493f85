import { z } from "zod";
import { defineStep, NO_INPUT } from "@/lib/migration/step-definition";

export const inspect = defineStep({
  kind: "inspect",
  nature: "repeatable",
  phase: "by_file",
  group: "file",
  bar: "upload",
  scope: "round",
  follows: [{ after: "upload" }, { after: "find_file", when: ({ file }) => file?.needsUpload === false }],
  input: NO_INPUT,
  checkpoint: z.never(),
  result: z.object({
    /** Ranged reads, and the bytes of them. */
    reads: z.number(),
    bytesRead: z.number(),
  }),
  facts: ({ result }) =>
    result
      ? [
          { name: "reads", value: result.reads, as: "text" },
          { name: "read_bytes", value: result.bytesRead, as: "bytes" },
        ]
      : [],
});
