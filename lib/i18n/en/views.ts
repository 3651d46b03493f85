/** Filters of a page that somebody keeps under a name. */
export const views = {
  title: "Saved views",
  keep: "Save this view…",
  name: "Name of the view",
  save: "Save",
  cancel: "Cancel",
  remove: "Remove the view {name}",
  failed: "The views were not saved",
} as const;
