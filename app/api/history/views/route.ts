import { SavedViews } from "@/lib/contracts/saved-views";
import { route } from "@/lib/server/route";
import { getSavedViews, saveSavedViews } from "@/lib/services/history/saved-views";

export const GET = route({
  role: "viewer",
  scope: "nothing",
  output: SavedViews,
  handler: ({ ctx }) => getSavedViews({ ctx }),
});

export const PUT = route({
  role: "viewer",
  scope: "nothing",
  body: SavedViews,
  output: SavedViews,
  handler: ({ ctx, body }) => saveSavedViews({ ctx, input: body }),
});
