/** What becomes of a cutover that has passed its deadline: it is taken back, or a person is asked while it goes on. */
export const DEADLINE_AFTERS = ["take_back", "ask"] as const;

/** How a deadline is passed: the time is over, or what is left is forecast to last longer. */
export const DEADLINE_WHYS = ["reached", "forecast"] as const;
export type DeadlineWhy = (typeof DEADLINE_WHYS)[number];
