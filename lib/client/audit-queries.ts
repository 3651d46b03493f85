import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { AuditPageView, type AuditQuery } from "@/lib/contracts/audit";
import { apiGet } from "./api";

/** One page of the audit; `before` is where it begins. */
export function auditQuery(query: AuditQuery) {
  return queryOptions({
    queryKey: ["audit", query],
    queryFn: ({ signal }) => apiGet(`/api/audit?${auditSearch(query)}`, AuditPageView, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** As an address has it: what is not asked for is left out. */
export function auditSearch(query: AuditQuery): string {
  const given = Object.entries(query).filter(([, value]) => value !== "" && value !== null);
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}
