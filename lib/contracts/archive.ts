import { z } from "zod";

/** POST /api/migrations/:id/archive */
export const ArchiveInput = z.strictObject({ archived: z.boolean() });
export type ArchiveInput = z.infer<typeof ArchiveInput>;
