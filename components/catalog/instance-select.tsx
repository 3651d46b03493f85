"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import type { ComponentProps } from "react";
import { useLocale, useT } from "@/components/locale/i18n-provider";
import { Select } from "@/components/ui/select";
import type { InstanceView } from "@/lib/contracts/instance";
import { compareNames } from "@/lib/format/compare-names";

interface InstanceSelectProps extends Omit<ComponentProps<typeof Select>, "value" | "onChange"> {
  instances: UseQueryResult<{ instances: InstanceView[] }>;
  /** What stands there while nothing is chosen. */
  placeholder: string;
  value: string | null;
  onChange: (instanceId: string | null) => void;
}

/** Instances of an account by the names people gave them. A saved one that it no longer shows stays choosable. */
export function InstanceSelect({ instances, placeholder, value, onChange, ...control }: InstanceSelectProps) {
  const { t } = useT();
  const locale = useLocale();
  const list = (instances.data?.instances ?? []).toSorted((a, b) =>
    compareNames(a.description || a.instanceId, b.description || b.instanceId, locale),
  );
  const unlisted = value !== null && !list.some(({ instanceId }) => instanceId === value);
  return (
    <Select {...control} value={value ?? ""} onChange={(event) => onChange(event.target.value || null)}>
      <option value="">{instances.isLoading ? t("shell.loading") : placeholder}</option>
      {unlisted ? <option value={value}>{value}</option> : null}
      {list.map(({ instanceId, description }) => (
        <option key={instanceId} value={instanceId}>
          {description && description !== instanceId ? `${description} (${instanceId})` : instanceId}
        </option>
      ))}
    </Select>
  );
}
