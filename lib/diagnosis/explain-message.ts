import { deniedCall } from "./denied-call";
import { type KnownMessage, MESSAGES, type MessageKey } from "./message-table";
import { indexMessages, matchMessages } from "./messages/match-message";

export interface Explanation {
  /** Keys of its texts: `messageTextKey`. */
  key: MessageKey;
  /** The variable parts that the text has. */
  params: Record<string, string>;
  /** Where the message is documented. */
  source: string;
}

const index = indexMessages<KnownMessage>(MESSAGES);

/**
 * What a message of RDS, RAM, OSS or SQL Server means, in whatever spelling and with whatever around it; null when it is
 * none that is known: nothing is guessed.
 */
export function explainMessage(text: string): Explanation | null {
  const [best] = matchMessages(index, text);
  if (!best) return null;
  const { key, source } = best.message;
  const denied = REFUSALS.has(key) ? deniedCall(text) : null;
  return denied
    ? { key: "ram_call_forbidden", params: { ...best.params, ...denied }, source }
    : { key, params: best.params, source };
}

/** Refusals of a right: they are told with the call, where the text names it. */
const REFUSALS: ReadonlySet<string> = new Set(["rds_forbidden", "oss_forbidden"]);

/** Stands for a part of a text that the message does not have. */
const MISSING = "…";

/** The values for an explanation's texts: those of the message, sizes as numbers, an ellipsis where it has none. */
export function explanationTextParams({ key, params }: Explanation): Record<string, string | number> {
  const message = MESSAGES.find((known) => known.key === key);
  const names = message ? (index.paramNames.get(message) ?? []) : [];
  const values: Record<string, string | number> = {};
  for (const name of [...names, "call", "actions"]) {
    const value = params[name] ?? MISSING;
    values[name] = name.endsWith("Bytes") && /^\d{1,15}$/.test(value) ? Number(value) : value;
  }
  return values;
}
