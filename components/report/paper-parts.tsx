import type { ReactNode } from "react";

interface PaperSectionProps {
  title: string;
  note?: string;
  /** Short enough to stay on one sheet. */
  whole?: boolean;
  children: ReactNode;
}

export function PaperSection({ title, note, whole, children }: PaperSectionProps) {
  return (
    <section className={whole ? "paper-section paper-whole" : "paper-section"}>
      <h2>
        {title}
        {note ? <small> {note}</small> : null}
      </h2>
      {children}
    </section>
  );
}

interface PaperTableProps {
  caption: string;
  /** Beginning with `>`: its column is of numbers. */
  head: readonly string[];
  rows: readonly { key: string; cells: readonly ReactNode[]; strong?: boolean }[];
}

/** On a narrow screen it scrolls, and a region that scrolls must be reachable by keyboard (WCAG 2.1.1). */
const SCROLLER = { tabIndex: 0 };

/** A table whose head is repeated on every sheet. */
export function PaperTable({ caption, head, rows }: PaperTableProps) {
  const numeric = head.map((name) => name.startsWith(">"));
  const look = (column: number) => (numeric[column] ? "paper-number" : undefined);
  return (
    <section {...SCROLLER} aria-label={caption} className="paper-wide">
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {head.map((name, column) => (
              <th key={name} scope="col" className={look(column)}>
                {name.replace(/^>/, "")}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells, strong }) => (
            <tr key={key} className={strong ? "paper-strong" : undefined}>
              {cells.map((cell, column) => (
                <td key={head[column]} className={look(column)}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Names and values, one a line; what is null is left out. */
export function PaperFacts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="paper-facts">
      {facts
        .filter(([, value]) => value !== null)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
