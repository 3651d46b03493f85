const ESCAPES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#13;",
};

/** One element, already serialised. Text is escaped; children are taken as they are. */
export function element(name: string, content: string | number | readonly string[]): string {
  const inner = Array.isArray(content)
    ? content.join("")
    : String(content).replace(/[&<>"\r]/g, (character) => ESCAPES[character] ?? character);
  return `<${name}>${inner}</${name}>`;
}

export function xmlDocument(root: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}`;
}
