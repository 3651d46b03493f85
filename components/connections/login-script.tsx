"use client";

import { useState } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import type { ConnectionView } from "@/lib/contracts/connection";
import { buildLoginScript } from "@/lib/diagnosis/build-login-script";
import { Script } from "./script";

/** First major version of each way to write the script. */
const VERSIONS = ["10", "11", "16"] as const;
const EXTRAS = ["alter", "checkdb", "recover"] as const;

/** The T-SQL that makes a login, filled in for a login, its databases and the server's version. */
export function LoginScript({ source }: { source: ConnectionView | null }) {
  const { t } = useT();
  const [login, setLogin] = useState("chainferry");
  const [databases, setDatabases] = useState("SourceDb");
  const [version, setVersion] = useState(versionOf(source));
  const [extras, setExtras] = useState({ alter: false, checkdb: false, recover: false });
  const build = () => {
    try {
      const script = buildLoginScript({
        login: login.trim(),
        databases: databases.split("\n").filter((name) => name.trim() !== ""),
        major: Number(version),
        extras,
        say: (key) => t(`connections.loginScript.${key}`),
      });
      return { ok: true, script } as const;
    } catch {
      return { ok: false, error: t("connections.scripts.invalid", { name: login.trim() }) } as const;
    }
  };
  return (
    <Script
      title={t("connections.scripts.sql")}
      text={build()}
      fields={
        <>
          <Field label={t("connections.scripts.login")}>
            {(control) => (
              <TextInput {...control} mono value={login} onChange={(event) => setLogin(event.target.value)} />
            )}
          </Field>
          <Field label={t("connections.scripts.version")}>
            {(control) => (
              <Select {...control} value={version} onChange={(event) => setVersion(event.target.value)}>
                {VERSIONS.map((from) => (
                  <option key={from} value={from}>
                    {t(`connections.scripts.version.${from}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label={t("connections.scripts.databases")}>
            {(control) => (
              <textarea
                {...control}
                rows={3}
                spellCheck={false}
                className="w-full rounded-md border border-control bg-surface px-3 py-2 font-mono text-table"
                value={databases}
                onChange={(event) => setDatabases(event.target.value)}
              />
            )}
          </Field>
          <fieldset className="mb-4 space-y-1">
            <legend className="mb-1 font-medium text-table">{t("connections.scripts.extras")}</legend>
            {EXTRAS.map((extra) => (
              <Checkbox
                key={extra}
                checked={extras[extra]}
                onChange={(checked) => setExtras({ ...extras, [extra]: checked })}
                label={t(`connections.scripts.extra.${extra}`)}
              />
            ))}
          </fieldset>
        </>
      }
    />
  );
}

/** What the last test found; 2012 to 2019 while nothing is known. */
function versionOf(source: ConnectionView | null): string {
  const found = source?.lastTest?.facts.find(({ key }) => key === "version")?.value;
  const major = Number.parseInt(found ?? "", 10);
  return VERSIONS.findLast((from) => major >= Number(from)) ?? "11";
}
