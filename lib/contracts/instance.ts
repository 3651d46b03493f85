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
