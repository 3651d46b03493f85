import { z } from "zod";
import { InstanceView } from "./instance";

/** An RDS instance with what a migration needs to know of it. Sizes are bytes. */
export const InstanceDetailView = InstanceView.extend({
  storageBytes: z.number(),
  usedBytes: z.number(),
  maxDatabases: z.number().nullable(),
  databases: z.array(z.object({ name: z.string(), status: z.string() })),
  importRole: z.object({
    state: z.enum(["authorized", "missing", "other_trust", "unknown"]),
    detail: z.string(),
  }),
});
export type InstanceDetailView = z.infer<typeof InstanceDetailView>;
