import { z } from "zod";
import { HISTORY_KINDS } from "./history";

/** Pages whose filter can be kept: the record's two tables, and the list of migrations. */
const VIEW_KINDS = [...HISTORY_KINDS, "home"] as const;

/** Where the views of a kind are shown. */
export const PAGE_OF_VIEW = {
  tasks: "/records/all",
  migrations: "/records/all",
  home: "/",
} as const satisfies Record<(typeof VIEW_KINDS)[number], string>;

/** A filter that somebody kept under a name: the address holds it whole. */
export const SavedView = z.strictObject({
  name: z.string().trim().min(1).max(60),
  kind: z.enum(VIEW_KINDS),
  /** As it stands in the address of the page, without a place in the list. */
  search: z.string().max(2_000),
});
export type SavedView = z.infer<typeof SavedView>;

/** GET and PUT /api/history/views: those of the person who asks, in their order. */
export const SavedViews = z.strictObject({ views: z.array(SavedView).max(50) });
export type SavedViews = z.infer<typeof SavedViews>;
