import { TASK_MESSAGES, type TaskMessage } from "./message-table";
import { indexMessages, matchMessages } from "./messages/match-message";

export interface Diagnosis {
  /** Texts `diagnosis.<key>.title`, `.cause`, `.check`, `.remedy`. */
  key: TaskMessage["key"];
  /** Values for these texts; an ellipsis stands for what the message does not have. */
  params: Record<string, string>;
}

const index = indexMessages<TaskMessage>(TASK_MESSAGES);

/** What a task's `Description` means; null when it is none of the documented messages. */
export function diagnoseDescription(text: string): Diagnosis | null {
  const [best] = matchMessages(index, text);
  if (!best) return null;
  const names = index.paramNames.get(best.message) ?? [];
  const params = Object.fromEntries(names.map((name) => [name, best.params[name] ?? "…"]));
  return { key: best.message.key, params };
}
