import { formatCount } from "@/lib/format/format-number";
import type { Locale } from "@/lib/format/locale";
import { pluralCategory } from "@/lib/format/plural-category";
import type { MessageParams } from "./message-key";

interface Value {
  kind: "value" | "number";
  name: string;
}
interface Choice {
  kind: "plural" | "select";
  name: string;
  /** By selector: a word, a plural category, or `=n` for one number. */
  options: ReadonlyMap<string, Message>;
  other: Message;
}
type Part = string | { kind: "pound" } | Value | Choice;
type Message = readonly Part[];

const parsed = new Map<string, Message>();

/**
 * Formats an ICU message: `{name}`, `{n, number}`, `{n, plural, =0 {…} one {# file} other {# files}}`,
 * `{word, select, a {…} other {…}}`, nested as deep as wanted; `''` is an apostrophe. That is what our texts use of ICU;
 * its full reader would be a quarter of what a page of ours weighs. Throws when a value that the text names is missing, or
 * when the text is no such message.
 */
export function formatMessage(text: string, params: MessageParams, locale: Locale): string {
  if (!/[{}']/.test(text)) return text;
  let message = parsed.get(text);
  if (!message) {
    message = parseMessage(text);
    parsed.set(text, message);
  }
  return write(message, params, locale, null);
}

function write(message: Message, params: MessageParams, locale: Locale, counted: number | null): string {
  let written = "";
  for (const part of message) {
    if (typeof part === "string") written += part;
    else if (part.kind === "pound") written += counted === null ? "#" : formatCount(counted, locale);
    else written += writeValue(part, params, locale);
  }
  return written;
}

function writeValue(part: Value | Choice, params: MessageParams, locale: Locale): string {
  if (!Object.hasOwn(params, part.name)) throw new Error(`The message needs a value for ${part.name}`);
  const value = params[part.name];
  switch (part.kind) {
    case "value":
      return value === null || value === undefined ? "" : String(value);
    case "number":
      return formatCount(Number(value), locale);
    case "plural": {
      const count = Number(value);
      const words = part.options.get(`=${count}`) ?? part.options.get(pluralCategory(count, locale));
      return write(words ?? part.other, params, locale, count);
    }
    case "select":
      return write(part.options.get(String(value)) ?? part.other, params, locale, null);
  }
}

/** Reads the whole text as one message. */
function parseMessage(text: string): Message {
  const reader = new MessageReader(text);
  const message = reader.readMessage(false);
  reader.expectEnd();
  return message;
}

class MessageReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Up to the brace that closes it, or to the end. `counts`: inside a plural, where `#` is the number. */
  readMessage(counts: boolean): Message {
    const parts: Part[] = [];
    let plain = "";
    const push = (part: Part) => {
      if (plain !== "") parts.push(plain);
      plain = "";
      parts.push(part);
    };
    while (this.#at < this.#text.length && this.#text[this.#at] !== "}") {
      const char = this.#text[this.#at];
      this.#at += 1;
      if (char === "{") push(this.#readArgument());
      else if (char === "#" && counts) push({ kind: "pound" });
      else if (char === "'") plain += this.#readQuoted();
      else plain += char;
    }
    if (plain !== "") parts.push(plain);
    return parts;
  }

  expectEnd(): void {
    if (this.#at < this.#text.length) this.#fail("a brace closes nothing");
  }

  /** After an apostrophe: two are one, one before a brace quotes up to the next, any other is itself. */
  #readQuoted(): string {
    const next = this.#text[this.#at];
    if (next === "'") {
      this.#at += 1;
      return "'";
    }
    if (next !== "{" && next !== "}") return "'";
    const quoted = /^(?:''|[^'])*/.exec(this.#text.slice(this.#at))?.[0] ?? "";
    this.#at += quoted.length + 1;
    return quoted.replaceAll("''", "'");
  }

  #readArgument(): Part {
    const name = this.#readWord();
    if (this.#eat("}")) return { kind: "value", name };
    if (!this.#eat(",")) this.#fail("a comma or a brace is missing");
    const kind = this.#readWord();
    if (kind === "number" && this.#eat("}")) return { kind, name };
    if ((kind !== "plural" && kind !== "select") || !this.#eat(",")) this.#fail(`${kind} is not read here`);
    const options = new Map<string, Message>();
    while (!this.#eat("}")) {
      const selector = this.#readWord();
      if (!this.#eat("{")) this.#fail(`the branch ${selector} has no text`);
      options.set(selector, this.readMessage(kind === "plural"));
      if (!this.#eat("}")) this.#fail(`the branch ${selector} does not end`);
    }
    const other = options.get("other") ?? this.#fail(`${name} has no branch other`);
    return { kind, name, options, other };
  }

  #readWord(): string {
    this.#skipSpace();
    const word = /^[\w=-]+/.exec(this.#text.slice(this.#at))?.[0] ?? this.#fail("a name is missing");
    this.#at += word.length;
    return word;
  }

  #eat(char: string): boolean {
    this.#skipSpace();
    if (this.#text[this.#at] !== char) return false;
    this.#at += 1;
    return true;
  }

  #skipSpace(): void {
    while (/\s/.test(this.#text[this.#at] ?? "")) this.#at += 1;
  }

  #fail(why: string): never {
    throw new Error(`No ICU message, ${why} at ${this.#at}: ${this.#text}`);
  }
}
