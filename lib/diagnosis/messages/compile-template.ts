import { normalUnit } from "./normalize-text";

/** Placeholders that documents print where a value stands: `xxx`, `%ls`, `%.*ls`, `***`, `…`. */
const PLACEHOLDER = String.raw`x+|%[.*\w]*\w|\*+|…|\.{2,}`;
const NUMBER = String.raw`\d[\d,.' _]{0,30}\d|\d|${PLACEHOLDER}`;
const LSN = String.raw`\(?(?:0x)?[\da-f]{1,8}(?: ?: ?[\da-f]{1,8}){2}\)?|\d[\d,' ]{0,40}\d|\d|${PLACEHOLDER}|\([\dx,]{1,40}\)`;
const OS_ERROR = String.raw`\d{1,5}(?: ?\([^()]{0,200}\))?|\([^()]{0,200}\)|${PLACEHOLDER}`;
/** Longer than any path or list of devices; a bound keeps the search linear. */
const ANY = ".{1,400}?";
/** Where a name ends that ends the message: its full stop, the end, or what is appended to it. */
const END_OF_NAME = String.raw` ?(?:\.(?=[ )'\]}]|$|[\u3400-\u9fff]|(?:BACKUP|RESTORE)\b)|$|(?= request ?id\b))`;

/**
 * A message as it is printed, as pattern over a text of `normalizeText`: `{name}` stands for any text, `{name#}` for a
 * number (or nothing: some tools drop it), `{name@}` for an LSN, `{name!}` for an error of the operating system, `<<…>>`
 * for what may be missing. Spaces, quotes,
 * parentheses around variable parts, commas and full stops may be missing, as they are in real texts.
 */
export function compileTemplate(template: string): RegExp {
  const tokens = template.split(/(<<|>>|\{\w+[#@!]?\})/).filter((token) => token !== "");
  const source = tokens.map((token, i) => compileToken(token, tokens[i - 1], tokens[i + 1])).join("");
  return new RegExp(source, "id");
}

function compileToken(token: string, before: string | undefined, after: string | undefined): string {
  if (token === "<<") return "(?:";
  if (token === ">>") return ")?";
  const variable = /^\{(\w+)([#@!]?)\}$/.exec(token);
  if (!variable) return compileWords(token, before === undefined, after);
  const [, name = "", kind] = variable;
  if (kind === "#") return `(?:(?<${name}>${NUMBER}))?`;
  if (kind === "!") return `(?<${name}>${OS_ERROR})`;
  if (kind === "@") return `(?:(?<${name}>${LSN}))?`;
  return `(?<${name}>${ANY})${after === undefined ? "(?=$)" : ""}`;
}

function compileWords(words: string, isFirst: boolean, after: string | undefined): string {
  // A full stop after a variable part ends a name; names hold full stops themselves.
  if (after === undefined && !isFirst) {
    if (words === ".") return END_OF_NAME;
    if (words === ")" || words === "]") return `(?: ?\\${words}(?!\\w)|${END_OF_NAME})`;
    if (words === "'.") return `(?: ?'(?!\\w)|${END_OF_NAME})`;
  }
  const start = isFirst && /^\w/.test(words) ? String.raw`(?<![\w])` : "";
  const end = after === undefined && /\w$/.test(words) ? String.raw`(?![\w])` : "";
  return (
    start +
    Array.from(words, (char) => compileChar(normalUnit(char)))
      .join("")
      .replaceAll(/(?: \?)+/g, " ?") +
    end
  );
}

function compileChar(char: string): string {
  switch (char) {
    case "":
      return "";
    case " ":
      return " ?";
    case "'":
    case "(":
    case ")":
    case "[":
    case "]":
    case ",":
    case ".":
    case ";":
    case ":":
      return ` ?\\${char}? ?`;
    default:
      return char.replace(/[\\^$|?*+{}/-]/, "\\$&");
  }
}
