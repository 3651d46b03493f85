/** RFC 4180 with a byte order mark, so that Excel reads Chinese. Cells that a spreadsheet would run get a leading quote. */
export function csvText<Row>(
  columns: readonly (readonly [name: string, value: (row: Row) => string])[],
  rows: readonly Row[],
): string {
  const head = columns.map(([name]) => name).join(",");
  const lines = rows.map((row) => columns.map(([, value]) => cell(value(row))).join(","));
  return `\uFEFF${[head, ...lines].join("\r\n")}\r\n`;
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
