/** What a placeholder stands for: `<host-1>`, `<database-2>`. */
export type RedactedKind =
  | "account"
  | "bucket"
  | "database"
  | "host"
  | "instance"
  | "key"
  | "name"
  | "object"
  | "user";

/** Shorter names are words of every sentence: they are not looked for in texts. */
const SHORTEST = 3;

/** What is never to be in a shared text, also where nobody told us of it. The order counts: the longest first. */
const PATTERNS: readonly [RegExp, string][] = [
  [/https?:\/\/[^\s"'<>]+/gi, "<url>"],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, "<guid>"],
  [/\b(?:LTAI|STS\.)[\w.-]{6,}/g, "<access-key>"],
  [/\bacs:[\w:*/.@-]+/gi, "<arn>"],
  [/\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b/g, "<address>"],
  [/\b(?:\d{1,3}\.){3}\d{1,3}\b/g, "<address>"],
  [/(?:\b[a-z]:)?\\[^\s"'<>|]+/gi, "<path>"],
  [/(?<![\w<])\/(?:[^\s"'<>/]+\/)+[^\s"'<>]*/g, "<path>"],
  [/\b(?:rm|rds|pgm|vpc|vsw|sg|i)-[a-z0-9]{6,}\b/gi, "<id>"],
  [/(?<!<)\b(?:[a-z0-9-]+\.){2,}[a-z]{2,}\b/gi, "<host>"],
  [/'[^']{1,256}'/g, "'<text>'"],
  [/"[^"]{1,256}"/g, '"<text>"'],
  [/\b\d{9,}\b/g, "<number>"],
];

/**
 * Takes secrets, account ids, and names of hosts, databases and objects out of texts that leave the house. What it has been
 * told of gets a placeholder of its own, the same in every text; what looks like such a thing gets one of its kind.
 */
export class Redactor {
  private readonly placeholders = new Map<string, string>();
  private readonly counts = new Map<RedactedKind, number>();

  /** The placeholder of a value, the same each time; empty ones have none. */
  learn(kind: RedactedKind, value: string | null | undefined): string {
    if (!value) return "";
    const known = this.placeholders.get(value.toLowerCase());
    if (known !== undefined) return known;
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    const placeholder = `<${kind}-${count}>`;
    this.placeholders.set(value.toLowerCase(), placeholder);
    return placeholder;
  }

  /** A text without anything that was learned, or that looks as if it should have been. */
  text(text: string): string {
    const learned = [...this.placeholders.keys()]
      .filter((value) => value.length >= SHORTEST)
      .sort((a, b) => b.length - a.length)
      .map((value) => value.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    let clean = text;
    // All at once: a placeholder may hold what was learned.
    if (learned.length > 0) {
      // Letters and digits on either side make another word of it.
      const names = new RegExp(`(?<![\\p{L}\\p{N}])(?:${learned.join("|")})(?![\\p{L}\\p{N}])`, "giu");
      clean = clean.replaceAll(names, (name) => this.placeholders.get(name.toLowerCase()) ?? "<name>");
    }
    for (const [pattern, placeholder] of PATTERNS) clean = clean.replaceAll(pattern, placeholder);
    return clean;
  }
}
