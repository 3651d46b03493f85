import type { Messages } from "./en/index";

/** `noun.key` of every text. */
export type MessageKey = {
  [N in keyof Messages]: `${N}.${Extract<keyof Messages[N], string>}`;
}[keyof Messages];

/** Values of a message's placeholders. Numbers may be plural selectors; format sizes and times before. */
export type MessageParams = Record<string, string | number | boolean | null | undefined>;
