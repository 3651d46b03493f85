/** How a source was closed: to all but privileged logins, or by its tail log WITH NORECOVERY, which leaves it RESTORING. */
export const CUSTODY_HOWS = ["restricted_user", "norecovery_tail"] as const;

/** Why a source is to be given back: the cutover is undone, by a person, by its deadline or by its hook, or the whole migration is. */
export const RELEASE_WHYS = ["go_back", "deadline", "hook", "cancel"] as const;
export type ReleaseWhy = (typeof RELEASE_WHYS)[number];

/**
 * Where a closed source stands. `held`: the cutover goes on. `releasing`: it is being given back. `stuck`: it was to be given
 * back, and the server did not let us. `kept`: the target has taken its place. `left`: the migration is over without it.
 */
export const CUSTODY_STANDINGS = ["held", "releasing", "stuck", "kept", "left"] as const;
export type CustodyStanding = (typeof CUSTODY_STANDINGS)[number];
