import { z } from "zod";

/** From the least to the most that one may. */
export const ROLES = ["viewer", "operator", "administrator"] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

export const SystemView = z.object({
  version: z.string(),
  /** `limited`: to some connections, instances or databases. */
  person: z.object({ id: z.string(), name: z.string(), role: Role, limited: z.boolean() }),
  store: z.enum(["embedded", "postgresql"]),
  engine: z.enum(["in_process", "separate"]),
  /** `off`: whoever opens the page is the local administrator. */
  signIn: z.enum(["off", "required"]),
  /** Set when the sandbox runs beside us. */
  sandbox: z
    .object({
      scenario: z.string(),
      /** How many sandbox seconds one real second stands for. */
      timeFactor: z.number(),
      /** Where SQL Server's backup folder is for this process, and as SQL Server names it. */
      localFolder: z.string(),
      sourceFolder: z.string(),
      bucket: z.string(),
      sourceConnectionId: z.string(),
      cloudConnectionId: z.string(),
    })
    .nullable(),
  serverNow: z.iso.datetime(),
});
export type SystemView = z.infer<typeof SystemView>;
