export interface FoundCode {
  /** As `codes` spells it. */
  code: string;
  index: number;
}

/** Words of a language, too: they are codes only where a text says so, or says nothing else. */
const WORDS = /^[A-Z][a-z]+$/;

/**
 * The known codes that a text holds: whole words in any case (`Forbidden.RAM`, not the `Forbidden` in it). A code that
 * is a plain word counts where it stands alone, after `code`, or before a colon at the beginning.
 */
export function readCodes(text: string, known: ReadonlyMap<string, readonly string[]>): FoundCode[] {
  const found: FoundCode[] = [];
  for (const match of text.matchAll(/(?<![\w.])[a-z]\w*(?:\.\w+)*(?![\w]|\.\w)/gi)) {
    const spelled = known.get(match[0].toLowerCase()) ?? [];
    const code = spelled.find((spelling) => spelling === match[0]) ?? spelled[0];
    if (code === undefined) continue;
    if (WORDS.test(code) && !isNamedAsCode(text, match.index, match[0])) continue;
    found.push({ code, index: match.index });
  }
  return found;
}

function isNamedAsCode(text: string, index: number, word: string): boolean {
  const before = text.slice(Math.max(0, index - 20), index);
  const after = text.slice(index + word.length);
  if (/(?:\bcode|代码|错误码)'? ?[:=]? ?'?$|<code>$/i.test(before)) return true;
  return /^[^\w]*$/.test(before) && index <= 1 && /^'?(?:$| ?:| ?\.?$)/.test(after);
}
