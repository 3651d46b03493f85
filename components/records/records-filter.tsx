"use client";

import { useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { type ReactNode, useId } from "react";
import { InstanceSelect } from "@/components/catalog/instance-select";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { instancesQuery } from "@/lib/client/instance-queries";
import type { ConnectionView } from "@/lib/contracts/connection";
import { isNarrowed, lastDays, type RecordStatus, type RecordsUrl } from "./records-url";
import { TASK_LOOK } from "./task-look";

interface RecordsFilterProps {
  url: RecordsUrl;
  accounts: ConnectionView[];
  /** What is in force, defaults included. */
  connectionId: string | null;
  instanceId: string | null;
  range: { from: string; to: string };
  today: Date;
  onChange: (patch: Partial<RecordsUrl>) => void;
}

const STATUSES = Object.keys(TASK_LOOK) as RecordStatus[];

/** Whose records, of which days, and what of them. All of it stands in the address. */
export function RecordsFilter(props: RecordsFilterProps) {
  const { url, accounts, connectionId, instanceId, range, today, onChange } = props;
  const { t } = useT();
  const instances = useQuery({ ...instancesQuery(connectionId ?? ""), enabled: connectionId !== null });
  const setStatus = (value: string) => {
    const status = STATUSES.find((candidate) => candidate === value);
    onChange({ status: status ? [status] : [] });
  };
  return (
    <search
      aria-label={t("records.filter.label")}
      className="my-3 flex flex-wrap items-end gap-2 print:hidden"
    >
      <Labelled label={t("records.filter.account")} className="flex-[1_1_180px] sm:max-w-60">
        {(id) => (
          <Select
            id={id}
            value={connectionId ?? ""}
            onChange={(event) =>
              onChange({ connectionId: event.target.value || null, instanceId: null, task: null })
            }
          >
            <option value="">{t("records.filter.account.choose")}</option>
            {accounts.map((account) => (
              <option key={account.id} value={account.id}>
                {account.sandbox ? `${account.name} (${t("connections.sandbox")})` : account.name}
              </option>
            ))}
          </Select>
        )}
      </Labelled>
      <Labelled label={t("records.filter.instance")} className="flex-[1_1_200px] sm:max-w-72">
        {(id) => (
          <InstanceSelect
            id={id}
            instances={instances}
            placeholder={t("records.filter.instance.choose")}
            value={instanceId}
            onChange={(chosen) => onChange({ instanceId: chosen, task: null })}
          />
        )}
      </Labelled>
      {(["from", "to"] as const).map((end) => (
        <Labelled key={end} label={t(`records.filter.${end}`)} className="flex-[0_1_150px]">
          {(id) => (
            <TextInput
              id={id}
              type="date"
              value={range[end]}
              onChange={(event) => onChange({ ...range, [end]: event.target.value || null })}
            />
          )}
        </Labelled>
      ))}
      <Button variant="ghost" onClick={() => onChange({ from: null, to: null })}>
        {t("records.filter.week")}
      </Button>
      <Button variant="ghost" onClick={() => onChange(lastDays(30, today))}>
        {t("records.filter.month")}
      </Button>
      <span aria-hidden className="basis-full max-sm:hidden" />
      <TextInput
        icon={Search}
        aria-label={t("records.filter.database")}
        placeholder={t("records.filter.database")}
        value={url.q}
        maxLength={128}
        onChange={(event) => onChange({ q: event.target.value })}
        className="flex-[1_1_200px] sm:max-w-60"
      />
      <Labelled label={t("records.filter.status")} inline className="flex-[0_1_auto]">
        {(id) => (
          <Select id={id} value={url.status[0] ?? ""} onChange={(event) => setStatus(event.target.value)}>
            <option value="">{t("records.filter.status.all")}</option>
            {STATUSES.filter((status) => status !== "other").map((status) => (
              <option key={status} value={status}>
                {t(`records.task.status.${status}`, { status })}
              </option>
            ))}
          </Select>
        )}
      </Labelled>
      {isNarrowed(url) ? (
        <Button variant="ghost" onClick={() => onChange({ q: "", status: [] })}>
          {t("records.filter.clear")}
        </Button>
      ) : null}
    </search>
  );
}

function Labelled({
  label,
  inline,
  className,
  children,
}: {
  label: string;
  inline?: boolean;
  className: string;
  children: (id: string) => ReactNode;
}) {
  const id = useId();
  return (
    <div className={className}>
      <div className={inline ? "flex items-center gap-2" : ""}>
        <label htmlFor={id} className="block whitespace-nowrap text-cap text-fg-2">
          {label}
        </label>
        {children(id)}
      </div>
    </div>
  );
}
