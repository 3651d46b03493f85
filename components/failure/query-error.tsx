"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { ErrorPanel } from "./error-panel";

interface QueryErrorProps {
  query: Pick<UseQueryResult, "isError" | "error" | "refetch">;
  /** What could not be read, in a few words. */
  title: string;
  className?: string;
}

/** Why something could not be read, with the way to ask again; nothing while it could. */
export function QueryError({ query, title, className }: QueryErrorProps) {
  if (!query.isError) return null;
  return (
    <ErrorPanel
      title={title}
      error={query.error}
      onRetry={() => query.refetch()}
      {...(className && { className })}
    />
  );
}
