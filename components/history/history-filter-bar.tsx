"use client";

import { Search } from "lucide-react";
import { type FormEvent, type ReactNode, useId } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { STATUS_TABLE } from "@/components/status/status-table";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import type { ConnectionView } from "@/lib/contracts/connection";
import type { HistoryKind, HistoryQuery } from "@/lib/contracts/history";
import { RDS_TASK_STATUSES } from "@/lib/migration/vocabulary/rds-status";
import { STATUSES } from "@/lib/migration/vocabulary/status";

interface HistoryFilterBarProps {
  kind: HistoryKind;
  query: HistoryQuery;
  accounts: readonly ConnectionView[];
  onChange: (patch: HistoryQuery) => void;
}

const PARTS = ["q", "database", "instance", "file", "lsn", "person"] as const;
const FIELDS = [...PARTS, "account", "status", "method", "from", "to", "zone"] as const;
const METHODS = ["access_pending", "immediate"] as const;
const ZONES = ["UTC", "Asia/Shanghai"];

/** A form of the browser's own: what is typed counts once it is sent, by the button or the Enter key. */
export function HistoryFilterBar({ kind, query, accounts, onChange }: HistoryFilterBarProps) {
  const { t } = useT();
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    onChange(Object.fromEntries(FIELDS.map((field) => [field, String(data.get(field) ?? "").trim()])));
  };
  const statuses =
    kind === "tasks"
      ? RDS_TASK_STATUSES.filter((status) => status !== "other").map(
          (status) => [status, t(`records.task.status.${status}`, { status })] as const,
        )
      : STATUSES.filter((status) => status !== "pending" && status !== "skipped").map(
          (status) => [status, t(STATUS_TABLE[status].label)] as const,
        );
  const narrowed = FIELDS.some((field) => (query[field] ?? "") !== "");
  return (
    <search aria-label={t("history.filter")} className="print:hidden">
      <form
        // The address may change under it: Back, or Clear.
        key={JSON.stringify(query)}
        onSubmit={send}
        className="my-3 grid grid-cols-[repeat(auto-fill,minmax(10.5rem,1fr))] items-end gap-2"
      >
        {PARTS.map((field) => (
          <Labelled key={field} label={t(`history.field.${field}`)}>
            {(id) => (
              <TextInput
                id={id}
                name={field}
                {...(field === "q" && { icon: Search })}
                mono={field === "lsn"}
                maxLength={200}
                defaultValue={query[field] ?? ""}
              />
            )}
          </Labelled>
        ))}
        <Labelled label={t("records.filter.account")}>
          {(id) => (
            <Choice id={id} name="account" value={query.account} all={t("history.all")}>
              {accounts.map((account) => (
                <option key={account.id} value={account.id}>
                  {account.name}
                </option>
              ))}
            </Choice>
          )}
        </Labelled>
        <Labelled label={t("history.field.status")}>
          {(id) => (
            <Choice id={id} name="status" value={query.status} all={t("history.all")}>
              {statuses.map(([status, label]) => (
                <option key={status} value={status}>
                  {label}
                </option>
              ))}
            </Choice>
          )}
        </Labelled>
        <Labelled label={t("field.method")}>
          {(id) => (
            <Choice id={id} name="method" value={query.method} all={t("history.all")}>
              {METHODS.map((method) => (
                <option key={method} value={method}>
                  {t(`field.method.${method}`)}
                </option>
              ))}
            </Choice>
          )}
        </Labelled>
        {(["from", "to"] as const).map((field) => (
          <Labelled key={field} label={t(`history.field.${field}`)}>
            {(id) => <TextInput id={id} name={field} type="date" defaultValue={query[field] ?? ""} />}
          </Labelled>
        ))}
        <Labelled label={t("history.field.zone")}>
          {(id) => (
            <>
              <TextInput
                id={id}
                name="zone"
                list={`${id}-zones`}
                placeholder="UTC"
                maxLength={60}
                defaultValue={query.zone ?? ""}
              />
              <datalist id={`${id}-zones`}>
                {ZONES.map((zone) => (
                  <option key={zone} value={zone} />
                ))}
              </datalist>
            </>
          )}
        </Labelled>
        <span className="flex gap-2">
          <Button type="submit" variant="primary">
            {t("history.find")}
          </Button>
          {narrowed ? (
            <Button
              variant="ghost"
              onClick={() => onChange(Object.fromEntries(FIELDS.map((field) => [field, ""])))}
            >
              {t("records.filter.clear")}
            </Button>
          ) : null}
        </span>
      </form>
    </search>
  );
}

function Choice(props: {
  id: string;
  name: string;
  value: string | undefined;
  all: string;
  children: ReactNode;
}) {
  const { id, name, value = "", all, children } = props;
  return (
    <Select id={id} name={name} defaultValue={value}>
      <option value="">{all}</option>
      {children}
    </Select>
  );
}

function Labelled({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="block truncate text-cap text-fg-2">
        {label}
      </label>
      {children(id)}
    </div>
  );
}
