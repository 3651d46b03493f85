import { text as readText } from "node:stream/consumers";
import { type Explanation, explainMessage, explanationTextParams } from "@/lib/diagnosis/explain-message";
import { messageTextKey } from "@/lib/diagnosis/message-table";
import { MESSAGE_PARTS, type MessagePart } from "@/lib/diagnosis/messages/message";
import type { Locale } from "@/lib/format/locale";
import type { Translator } from "@/lib/i18n/translate";
import { createTranslator } from "@/lib/i18n/translator";

export interface ExplainOptions {
  lang: Locale;
  json: boolean;
}

/** One text's answer. Of a text that is not known everything else is null: nothing is guessed. */
interface Answer extends Record<MessagePart, string | null> {
  recognised: boolean;
  key: string | null;
  /** The variable parts that the text has: names as written, numbers without separators. */
  params: Record<string, string> | null;
  /** The page that documents the message. */
  source: string | null;
}

/**
 * `chainferry explain TEXT…`: what messages of RDS, RAM, OSS and SQL Server mean, one answer for each text, as sentences
 * or (`json`) as one array. Without texts, or where one is `-`, they come from `input`, a text a line. Returns the exit
 * code: 0 whenever it answered, also that a text is not known.
 */
export async function runExplainCommand(
  texts: readonly string[],
  options: ExplainOptions,
  input: NodeJS.ReadableStream = process.stdin,
): Promise<number> {
  const given = texts.length === 0 ? ["-"] : texts;
  const lines = given.includes("-") ? linesOf(await readText(input)) : [];
  const asked = given.flatMap((text) => (text === "-" ? lines : [text]));
  const translator = createTranslator(options.lang);
  const answers = asked.map((text) => answerOf(explainMessage(text), translator));
  const output = options.json
    ? JSON.stringify(answers, null, 2)
    : answers.map((answer, i) => sentences(asked[i] ?? "", answer, translator)).join("\n\n");
  process.stdout.write(`${output}\n`);
  return 0;
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== "");
}

function answerOf(explanation: Explanation | null, { tx }: Translator): Answer {
  if (!explanation) {
    return {
      recognised: false,
      key: null,
      title: null,
      cause: null,
      check: null,
      remedy: null,
      params: null,
      source: null,
    };
  }
  const { key, params, source } = explanation;
  const values = explanationTextParams(explanation);
  const told = (part: MessagePart) => tx(messageTextKey(key, part), values, "");
  return {
    recognised: true,
    key,
    title: told("title"),
    cause: told("cause"),
    check: told("check"),
    remedy: told("remedy"),
    params,
    source,
  };
}

function sentences(text: string, answer: Answer, { t }: Translator): string {
  if (!answer.recognised) return `${t("explanation.panel.unknown")}\n  ${text}`;
  const [title = "", ...parts] = MESSAGE_PARTS.map((part) => answer[part] ?? "");
  return [title, ...parts.map((part) => `  ${part}`), `  ${answer.source ?? ""}`].join("\n");
}
