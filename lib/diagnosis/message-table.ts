import { CLOUD_MESSAGES, FAILURE_MESSAGES } from "./cloud-messages";
import { BACKUP_MESSAGES } from "./messages/backup-messages";
import { IMPORT_MESSAGES } from "./messages/import-messages";
import type { Message, MessagePart } from "./messages/message";
import { RESTORE_MESSAGES } from "./messages/restore-messages";
import { SERVER_MESSAGES } from "./messages/server-messages";

/** What a task's description can say: RDS's own words, and those of the SQL Server that restores. */
export const TASK_MESSAGES = [...IMPORT_MESSAGES, ...RESTORE_MESSAGES] as const;
export type TaskMessage = (typeof TASK_MESSAGES)[number];

/**
 * Every message that is known. A new one is an entry here, in the file of its topic, and its texts in two languages;
 * earlier entries win where one text holds two messages that begin at the same place.
 */
export const MESSAGES = [
  ...TASK_MESSAGES,
  ...BACKUP_MESSAGES,
  ...SERVER_MESSAGES,
  ...CLOUD_MESSAGES,
  ...FAILURE_MESSAGES,
] as const satisfies readonly Message[];
export type KnownMessage = (typeof MESSAGES)[number];
export type MessageKey = KnownMessage["key"];

const OF_TASKS: ReadonlySet<string> = new Set(TASK_MESSAGES.map(({ key }) => key));
const OF_FAILURES: ReadonlySet<string> = new Set(FAILURE_MESSAGES.map(({ key }) => key));

/** The key of a text: those of tasks are loaded apart, because every failed step may need one. */
export function messageTextKey(key: MessageKey, part: MessagePart): string {
  if (OF_TASKS.has(key)) return `diagnosis.${key}.${part}`;
  if (OF_FAILURES.has(key) && part === "title") return `error.${key}`;
  if (OF_FAILURES.has(key) && part === "remedy") return `error.${key}.do`;
  return `explanation.${key}.${part}`;
}
