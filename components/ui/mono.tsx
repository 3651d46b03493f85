"use client";

import clsx from "clsx";
import type { ReactNode } from "react";
import { CopyButton } from "./copy-button";

/** Text of machines: LSNs, keys, ids, SQL. */
export function Mono({ children, className }: { children: ReactNode; className?: string }) {
  return <code className={clsx("text-[0.93em]", className)}>{children}</code>;
}

/** A log sequence number, always whole: two of them must be comparable. */
export function Lsn({ lsn, copy }: { lsn: string | null; copy?: boolean }) {
  if (lsn === null) return <span className="text-fg-3">–</span>;
  return <Copyable text={lsn} copy={copy ?? false} />;
}

/** An object's key: the middle gives way, the name at its end stays. Whole on hover and for screen readers. */
export function ObjectKey({ objectKey, copy = true }: { objectKey: string; copy?: boolean }) {
  return <Copyable text={objectKey} shown={middle(objectKey, 44)} copy={copy} />;
}

/** An id of a system: RDS task, request, instance. */
export function Id({ id, copy = true }: { id: string | null; copy?: boolean }) {
  if (id === null || id === "") return <span className="text-fg-3">–</span>;
  return <Copyable text={id} shown={middle(id, 28)} copy={copy} />;
}

/** Mono text with a copy button; `shown` may be shorter than what is copied. */
export function Copyable({
  text,
  shown = text,
  copy = true,
}: {
  text: string;
  shown?: string;
  copy?: boolean;
}) {
  return (
    <span className="inline-flex max-w-full items-center gap-0.5 align-baseline">
      {shown === text ? (
        <Mono className="wrap-anywhere">{text}</Mono>
      ) : (
        <Mono>
          <span aria-hidden title={text}>
            {shown}
          </span>
          <span className="sr-only">{text}</span>
        </Mono>
      )}
      {copy ? <CopyButton text={text} /> : null}
    </span>
  );
}

function middle(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const tail = Math.ceil((limit - 1) * 0.6);
  return `${text.slice(0, limit - 1 - tail)}…${text.slice(-tail)}`;
}
