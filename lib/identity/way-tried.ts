/** What a provider or a directory answered to a trial that signs nobody in. */
export interface WayTried {
  /** Who answered. */
  host: string;
  /** Groups that were named for a role and are not there; a provider tells of none. */
  missingGroups: string[];
}

/** How a way in is set, for people to read: a secret's value is null. */
export interface WaySetting {
  variable: string;
  value: string | null;
}
