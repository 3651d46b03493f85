import { z } from "zod";

const path = z.string().trim().min(1).max(400);

/** Folders that people who run migrations may use, with all below them. `source` null: they are only read here. */
export const ApprovedFolders = z.strictObject({
  folders: z.array(z.strictObject({ source: path.nullable(), local: path })).max(200),
});
export type ApprovedFolders = z.infer<typeof ApprovedFolders>;
