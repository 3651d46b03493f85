/** Who says which timeline is meant. Texts are `event.timeline_by.<judge>`. */
export const TIMELINE_JUDGES = ["source", "person"] as const;
