/** A column of a CSV file: its name and what a row has in it. */
export type CsvColumn<Row> = readonly [name: string, value: (row: Row) => string];

/** The first line of a CSV file, with a byte order mark, so that Excel reads Chinese. */
export function csvHead(columns: readonly CsvColumn<never>[]): string {
  return `\uFEFF${columns.map(([name]) => csvCell(name)).join(",")}\r\n`;
}

/** One row as a line of RFC 4180, every cell in quotes. */
export function csvLine<Row>(columns: readonly CsvColumn<Row>[], row: Row): string {
  return `${columns.map(([, value]) => csvCell(value(row))).join(",")}\r\n`;
}

/** A whole file: head and lines. */
export function csvText<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string {
  return csvHead(columns) + rows.map((row) => csvLine(columns, row)).join("");
}

/**
 * What spreadsheets would run as a formula or take for the start of another cell, also where they straighten full-width
 * letters or drop white space first.
 */
const LIVE = /^(?:[\t\r\n]|[\s\u200B-\u200F\u2060\uFEFF]*[=+\-@;＝＋－＠；])/;

/** Always in quotes; text that a spreadsheet would run stands behind an apostrophe. */
function csvCell(text: string): string {
  const safe = LIVE.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
