/**
 * What else a text may hold: `cause` says what went wrong. `frame` says that something did (or that the cause stands
 * beside it): any cause in the same text wins over it. `news` reports a success or a warning: everything wins over it.
 */
export type MessageWeight = "cause" | "frame" | "news";

/** One message that somebody else's service can give, and how to know it again. */
export interface Message {
  /** Keys its texts in both languages. */
  key: string;
  /**
   * The message as it is printed, as `compileTemplate` reads it: variable parts in braces. Several where versions or
   * languages differ, the fullest first.
   */
  templates?: readonly string[];
  /** What templates cannot say. Runs on the text as `normalizeText` gives it; named groups are params. */
  patterns?: readonly RegExp[];
  /** SQL Server's error numbers: `Msg 3201`, `Error: 3201`, `消息 3201` tell it in any language. */
  numbers?: readonly number[];
  /** Codes of an API: whole words, in any case. */
  codes?: readonly string[];
  weight?: MessageWeight;
  /** Where it is documented. */
  source: string;
}

export const MESSAGE_PARTS = ["title", "cause", "check", "remedy"] as const;
export type MessagePart = (typeof MESSAGE_PARTS)[number];

/** The texts of messages with these keys, by `<key>.<part>`. */
export type MessageTexts<Key extends string> = Readonly<Record<`${Key}.${MessagePart}`, string>>;
