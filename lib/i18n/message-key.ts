import type { Messages } from "./en/index";

/** A room of texts: what `en` is made of. */
export type Noun = keyof Messages;

/** `noun.key` of every text. */
export type MessageKey = {
  [N in Noun]: `${N}.${Extract<keyof Messages[N], string>}`;
}[Noun];

/** What a screen loads: all texts of a noun, or one text with those under it (`error.offline`, `error.offline.do`). */
export type TextScope = Noun | MessageKey;

/** Values of a message's placeholders. Numbers may be plural selectors; format sizes and times before. */
export type MessageParams = Record<string, string | number | boolean | null | undefined>;
