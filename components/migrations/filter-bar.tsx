"use client";

import clsx from "clsx";
import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { useShortcuts } from "@/components/shell/use-shortcuts";
import { STATUS_TABLE } from "@/components/status/status-table";
import { Kbd } from "@/components/ui/kbd";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { STATUSES } from "@/lib/migration/vocabulary/status";
import type { ArrangedMigrations, MigrationFilter } from "./arrange-migrations";
import type { Density } from "./use-density";

interface FilterBarProps {
  filter: MigrationFilter;
  onChange: (filter: MigrationFilter) => void;
  arranged: ArrangedMigrations;
  density: Density;
  onDensity: (density: Density) => void;
}

const TYPING_MS = 200;

export function FilterBar({ filter, onChange, arranged, density, onDensity }: FilterBarProps) {
  const { t } = useT();
  return (
    <div className="my-3.5 flex flex-wrap items-center gap-2">
      <SearchBox text={filter.text} onChange={(text) => onChange({ ...filter, text })} />
      <Select
        aria-label={t("migrations.filter_status")}
        value={filter.status ?? ""}
        onChange={(event) =>
          onChange({ ...filter, status: STATUSES.find((status) => status === event.target.value) ?? null })
        }
        className="max-w-full"
      >
        <option value="">{t("migrations.all_statuses")}</option>
        {STATUSES.filter((status) => status !== "pending" && status !== "skipped").map((status) => (
          <option key={status} value={status}>
            {t(STATUS_TABLE[status].label)}
          </option>
        ))}
      </Select>
      <Select
        aria-label={t("migrations.filter_instance")}
        value={filter.instance ?? ""}
        onChange={(event) => onChange({ ...filter, instance: event.target.value || null })}
        className="max-w-full"
      >
        <option value="">{t("migrations.all_instances")}</option>
        {arranged.instances.map((instance) => (
          <option key={instance} value={instance}>
            {instance}
          </option>
        ))}
      </Select>
      <button
        type="button"
        aria-pressed={filter.needsYou}
        onClick={() => onChange({ ...filter, needsYou: !filter.needsYou })}
        className={clsx(
          "min-h-8.5 rounded-md border bg-surface px-3 text-table",
          filter.needsYou
            ? "border-accent font-medium inset-ring inset-ring-accent"
            : "border-control text-fg-2 hover:bg-surface-2",
        )}
      >
        {t("migrations.needs_you_count", { count: arranged.needsYou })}
      </button>
      <span className="ml-auto flex flex-wrap items-center gap-3">
        <span className="text-cap text-fg-2">
          {t("migrations.running_count", { count: arranged.running })}
        </span>
        <Segmented
          label={t("migrations.density")}
          value={density}
          onChange={onDensity}
          options={[
            { value: "lanes", label: t("migrations.lanes") },
            { value: "compact", label: t("migrations.compact") },
          ]}
        />
      </span>
    </div>
  );
}

/** Keeps what is typed at once and tells the list a moment later. */
function SearchBox({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const { t } = useT();
  const [typed, setTyped] = useState(text);
  const input = useRef<HTMLInputElement>(null);
  const tell = useRef(onChange);
  tell.current = onChange;
  useEffect(() => {
    if (typed === text) return;
    const timer = setTimeout(() => tell.current(typed), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, text]);
  const given = useRef(text);
  useEffect(() => {
    // Cleared or changed from outside (back button, "Clear the filter"): follow.
    if (given.current !== text) setTyped(text);
    given.current = text;
  }, [text]);
  useShortcuts({ "/": () => input.current?.focus() });
  return (
    <TextInput
      ref={input}
      type="search"
      icon={Search}
      aria-label={t("migrations.search_label")}
      placeholder={t("migrations.search")}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      after={<Kbd>/</Kbd>}
      className="sm:w-72"
    />
  );
}
