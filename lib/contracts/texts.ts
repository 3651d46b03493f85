import { z } from "zod";

/** GET /api/texts: texts of one language by their keys, as ICU messages. */
export const TextsView = z.record(z.string(), z.string());
export type TextsView = z.infer<typeof TextsView>;
