import clsx from "clsx";
import type { ComponentProps, ReactNode, Ref } from "react";

/** A region that scrolls must be reachable by keyboard (WCAG 2.1.1). */
const SCROLLER = { tabIndex: 0 };

interface TableProps {
  /** What the table shows; read out, and the name of its scroll region. */
  caption: string;
  compact?: boolean;
  /** Of the scroll region. */
  className?: string;
  tableClassName?: string;
  scroller?: Ref<HTMLElement>;
  /** Said when not all rows are in the page. */
  rowCount?: number | undefined;
  children: ReactNode;
}

/** A real table that scrolls in a labelled region of its own when it is too wide. */
export function Table({
  caption,
  compact,
  className,
  tableClassName,
  scroller,
  rowCount,
  children,
}: TableProps) {
  return (
    <section
      {...SCROLLER}
      ref={scroller}
      aria-label={caption}
      className={clsx("relative overflow-x-auto -outline-offset-2", className)}
    >
      <table
        aria-rowcount={rowCount}
        className={clsx(
          "w-full border-collapse text-table",
          compact ? "[--cell-y:5px]" : "[--cell-y:9px]",
          tableClassName,
        )}
      >
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </section>
  );
}

export function TableHead({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <thead className={className}>
      <tr>{children}</tr>
    </thead>
  );
}

/** A column's heading; `numeric` columns are right-aligned. */
export function Th({ numeric, className, children, ...rest }: ComponentProps<"th"> & { numeric?: boolean }) {
  return (
    <th
      scope="col"
      {...rest}
      className={clsx(
        "whitespace-nowrap border-b border-border bg-surface-2 px-3 py-1.75 font-medium text-cap text-fg-2",
        numeric ? "text-right" : "text-left",
        className,
      )}
    >
      {children}
    </th>
  );
}

export function Tr({ selected, className, ...rest }: ComponentProps<"tr"> & { selected?: boolean }) {
  return (
    <tr
      {...rest}
      className={clsx(
        "border-b border-border last:border-b-0 hover:bg-surface-2",
        selected && "bg-surface-2 shadow-[inset_2px_0_0_var(--accent)]",
        className,
      )}
    />
  );
}

export function Td({ numeric, className, ...rest }: ComponentProps<"td"> & { numeric?: boolean }) {
  return (
    <td
      {...rest}
      className={clsx(
        "px-3 py-(--cell-y) align-middle",
        numeric && "whitespace-nowrap text-right",
        className,
      )}
    />
  );
}
