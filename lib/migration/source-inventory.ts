import { z } from "zod";
import { LOGIN_KINDS } from "./vocabulary/aftercare";

/** A user of the source's database. */
export const SourceUser = z.object({
  user: z.string(),
  login: z.string().nullable(),
  kind: z.enum(LOGIN_KINDS),
  disabled: z.boolean(),
  /** Of the database, by name. */
  roles: z.array(z.string()),
  /** `EXECUTE`, or `DENY DELETE`: of the database or of things in it, CONNECT apart. */
  rights: z.array(z.string()),
});

/** What stays on the source server beside logins, as it said it. */
export const SourceSurroundings = z.object({
  /** Agent jobs with a step in the database, or one that names it. */
  jobs: z.array(z.object({ name: z.string(), enabled: z.boolean() })),
  linkedServers: z.array(z.object({ name: z.string(), dataSource: z.string() })),
  /** Settings of the server that a database may lean on: name and value in use. */
  settings: z.array(z.object({ name: z.string(), value: z.string() })),
  compatibilityLevel: z.number().nullable(),
  owner: z.string().nullable(),
});

/** What belongs to a database and does not travel inside its backups. No password and no hash is in it. */
export const SourceInventory = SourceSurroundings.extend({
  /** Users of the database, fixed ones apart, by name. */
  users: z.array(SourceUser),
});
export type SourceInventory = z.infer<typeof SourceInventory>;
