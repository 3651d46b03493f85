const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Milliseconds. A session that is not used ends, and one that is used, too. */
export const IDLE_MS = 12 * HOUR;
export const LONGEST_MS = 7 * 24 * HOUR;
/** Of who came in by a provider or a directory, which may have shut them out since and does not say so. */
export const LONGEST_ELSEWHERE_MS = 12 * HOUR;
/** How exactly the last use is kept: one write a minute, not one a request. */
export const SEEN_MS = MINUTE;
/** A first link and one for recovery lie on a terminal; an invitation is passed on. */
export const LINK_MS = { first_start: 15 * MINUTE, recovery: 15 * MINUTE, invitation: 24 * HOUR } as const;
export type LinkPurpose = keyof typeof LINK_MS;
/** How long somebody who came by a link may set a password without the one before. */
export const RESET_MS = 15 * MINUTE;

/** How long somebody may be away at a provider before they come back from there. */
export const ATTEMPT_MS = 10 * MINUTE;

/** How long an attempt with a passkey lasts. */
export const PASSKEY_MS = 5 * MINUTE;

/** How long it counts that somebody has shown who they are, for what must not be done from a page left open. */
export const PROOF_MS = 5 * MINUTE;

/** Whether a session is over at `now`. */
export function isOver(
  session: { createdAt: Date; seenAt: Date; identityId: string | null },
  now: Date,
): boolean {
  const at = now.getTime();
  const longest = session.identityId === null ? LONGEST_MS : LONGEST_ELSEWHERE_MS;
  return at - session.createdAt.getTime() >= longest || at - session.seenAt.getTime() >= IDLE_MS;
}
