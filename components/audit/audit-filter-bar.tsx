"use client";

import { Download } from "lucide-react";
import { useT } from "@/components/locale/i18n-provider";
import { ButtonLink } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { auditSearch } from "@/lib/client/audit-queries";
import { AUDIT_FORMATS, AUDIT_OUTCOMES, type AuditQuery } from "@/lib/contracts/audit";

interface AuditFilterBarProps {
  query: AuditQuery;
  onChange: (patch: Partial<AuditQuery>) => void;
}

const TEXTS = [
  { name: "person", type: "search" },
  { name: "action", type: "search" },
  { name: "from", type: "date" },
  { name: "to", type: "date" },
] as const;

/** What of the audit is shown, and the same as a file. */
export function AuditFilterBar({ query, onChange }: AuditFilterBarProps) {
  const { t } = useT();
  const search = new URLSearchParams(auditSearch({ ...query, before: "" }));
  return (
    <search className="mb-4 flex flex-wrap items-end gap-3 print:hidden">
      {TEXTS.map(({ name, type }) => (
        <Field key={name} label={t(`audit.filter.${name}`)} className="w-44">
          {(control) => (
            <TextInput
              {...control}
              type={type}
              value={query[name] ?? ""}
              onChange={(event) => onChange({ [name]: event.target.value || (type === "date" ? null : "") })}
            />
          )}
        </Field>
      ))}
      <Field label={t("audit.column.outcome")} className="w-36">
        {(control) => (
          <Select
            {...control}
            value={query.outcome ?? ""}
            onChange={(event) =>
              onChange({ outcome: AUDIT_OUTCOMES.find((each) => each === event.target.value) ?? null })
            }
          >
            <option value="">{t("audit.outcome.any")}</option>
            {AUDIT_OUTCOMES.map((outcome) => (
              <option key={outcome} value={outcome}>
                {t(`audit.outcome.${outcome}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {AUDIT_FORMATS.map((format) => (
        <ButtonLink
          key={format}
          href={`/api/audit/export?${new URLSearchParams([...search, ["format", format]])}`}
          download
          icon={Download}
        >
          {t(`audit.${format}`)}
        </ButtonLink>
      ))}
    </search>
  );
}
