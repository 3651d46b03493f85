/**
 * Where-clause for migrations under way. A failed one is: a person may retry its step. Drafts have not begun; cancelled and
 * succeeded ones never go on.
 */
export const UNFINISHED = { notIn: ["draft", "succeeded", "cancelled"] };
