import { compileTemplate } from "./compile-template";
import type { Message } from "./message";
import { type NormalText, normalizeText } from "./normalize-text";
import { readCodes } from "./read-codes";
import { readNumbers } from "./read-numbers";

/** A message that a text holds. */
export interface FoundMessage<Entry extends Message> {
  message: Entry;
  /** Where it begins. */
  index: number;
  /** The variable parts that the text has, names as they were written, numbers without separators. */
  params: Record<string, string>;
}

export interface MessageIndex<Entry extends Message> {
  messages: readonly Entry[];
  expressions: ReadonlyMap<Entry, readonly Expression[]>;
  byNumber: ReadonlyMap<number, Entry>;
  byCode: ReadonlyMap<string, Entry>;
  /** Lower case to the code as it is written: several where only the case differs. */
  codes: ReadonlyMap<string, readonly string[]>;
  /** The names of each message's params. */
  paramNames: ReadonlyMap<Entry, readonly string[]>;
}

interface Expression {
  pattern: RegExp;
  numeric: ReadonlySet<string>;
}

/** A provider's page of prose is longer than any message; what lies behind is not looked at. */
const LONGEST_TEXT = 20_000;
const WEIGHTS = ["cause", "frame", "news"];

/** Compiles a table once. Throws when a number or a code stands in two messages. */
export function indexMessages<Entry extends Message>(messages: readonly Entry[]): MessageIndex<Entry> {
  const byNumber = new Map<number, Entry>();
  const byCode = new Map<string, Entry>();
  const codes = new Map<string, string[]>();
  for (const message of messages) {
    for (const number of message.numbers ?? []) add(byNumber, number, message);
    for (const code of message.codes ?? []) {
      add(byCode, code, message);
      codes.set(code.toLowerCase(), [...(codes.get(code.toLowerCase()) ?? []), code]);
    }
  }
  const expressions = new Map(messages.map((message) => [message, expressionsOf(message)]));
  const paramNames = new Map(messages.map((message) => [message, paramNamesOf(message)]));
  return { messages, expressions, byNumber, byCode, codes, paramNames };
}

/** Every message that a text holds, the one that tells most about it first: by weight, then by place. */
export function matchMessages<Entry extends Message>(
  index: MessageIndex<Entry>,
  raw: string,
): FoundMessage<Entry>[] {
  const normal = normalizeText(raw.slice(0, LONGEST_TEXT));
  const found = new Map<Entry, FoundMessage<Entry>>();
  const note = (message: Entry | undefined, at: number, params: Record<string, string>) => {
    if (!message) return;
    const known = found.get(message);
    if (!known) found.set(message, { message, index: at, params });
    else {
      known.index = Math.min(known.index, at);
      known.params = { ...params, ...known.params };
    }
  };
  for (const message of index.messages) {
    for (const expression of index.expressions.get(message) ?? []) {
      const match = expression.pattern.exec(normal.text);
      if (!match) continue;
      note(message, match.index, paramsOf(match, expression, normal));
      break;
    }
  }
  for (const { number, index: at } of readNumbers(normal.text)) {
    note(index.byNumber.get(number), at, { number: String(number) });
  }
  for (const { code, index: at } of readCodes(normal.text, index.codes)) {
    note(index.byCode.get(code), at, { code });
  }
  const rank = ({ message }: FoundMessage<Entry>) => WEIGHTS.indexOf(message.weight ?? "cause");
  return [...found.values()].sort((a, b) => rank(a) - rank(b) || a.index - b.index);
}

function add<Key, Entry extends Message>(map: Map<Key, Entry>, key: Key, message: Entry): void {
  const other = map.get(key);
  if (other) throw new RangeError(`${String(key)} stands in ${other.key} and ${message.key}`);
  map.set(key, message);
}

function expressionsOf(message: Message): Expression[] {
  const templates = (message.templates ?? []).map((template) => ({
    pattern: compileTemplate(template),
    numeric: new Set([...template.matchAll(/\{(\w+)[#@]\}/g)].map(([, name = ""]) => name)),
  }));
  const patterns = (message.patterns ?? []).map((pattern) => ({
    pattern: new RegExp(pattern.source, `${pattern.flags}d`),
    numeric: new Set<string>(),
  }));
  return [...patterns, ...templates];
}

function paramNamesOf(message: Message): string[] {
  const names = new Set<string>();
  for (const template of message.templates ?? []) {
    for (const [, name = ""] of template.matchAll(/\{(\w+)[#@!]?\}/g)) names.add(name);
  }
  for (const pattern of message.patterns ?? []) {
    for (const [, name = ""] of pattern.source.matchAll(/\(\?<(\w+)>/g)) names.add(name);
  }
  if (message.codes) names.add("code");
  return [...names];
}

function paramsOf(
  match: RegExpExecArray,
  expression: Expression,
  normal: NormalText,
): Record<string, string> {
  const params: Record<string, string> = {};
  for (const [name, value] of Object.entries(match.groups ?? {})) {
    const place = match.indices?.groups?.[name];
    if (value === undefined || !place) continue;
    const text = expression.numeric.has(name) ? plainNumber(value) : bareName(normal.original(...place));
    // Between two quotes with nothing in them one of the quotes is taken for the name.
    if (!/^["'`´‘’“”]*$/.test(text)) params[name] = text;
  }
  return params;
}

/** Without quotes that a text puts where others put parentheses. */
function bareName(text: string): string {
  return /^(?:'.*'|".*"|‘.*’|“.*”|「.*」|『.*』|`.*`)$/.test(text) ? text.slice(1, -1).trim() : text;
}

/** Without separators of thousands: `1,024`, `1 024`, `1'024` and `1.048.576` are numbers; what is none stays. */
function plainNumber(text: string): string {
  const dense = text.replaceAll(/(?<=\d)[,' _](?=\d{3}(?!\d))/g, "").trim();
  return /^\d{1,3}(?:\.\d{3}){2,}$/.test(dense) ? dense.replaceAll(".", "") : dense;
}
