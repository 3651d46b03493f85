import { z } from "zod";

/** An RDS instance of a cloud account. */
export const InstanceView = z.object({
  instanceId: z.string(),
  description: z.string(),
  status: z.string(),
  engineVersion: z.string(),
  category: z.string(),
  regionId: z.string(),
  lockMode: z.string(),
});
export type InstanceView = z.infer<typeof InstanceView>;
export const InstanceListView = z.object({ instances: z.array(InstanceView) });

export const InstanceDetailView = InstanceView.extend({
  storageBytes: z.number(),
  usedBytes: z.number(),
  maxDatabases: z.number().nullable(),
  databases: z.array(z.object({ name: z.string(), status: z.string() })),
  importRole: z.object({ state: z.enum(["authorized", "missing", "unknown"]), detail: z.string() }),
});
export type InstanceDetailView = z.infer<typeof InstanceDetailView>;
