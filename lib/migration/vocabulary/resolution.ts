/** What a person says of a call whose effect nobody observed. */
export const RESOLUTIONS = ["happened", "did_not_happen"] as const;
export type Resolution = (typeof RESOLUTIONS)[number];
