"use client";

import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import type { ConnectionTest } from "@/lib/contracts/connection";
import { releaseOfVersion } from "@/lib/migration/server-release";

type Fact = ConnectionTest["facts"][number];

/** Words for the plain values of a test: `yes`, counts, seconds, and reasons where a question was refused. */
export function useFactText() {
  const { t, tx } = useT();
  const format = useFormat();

  const clock = (value: string): string => {
    const seconds = Number(value);
    if (Number.isNaN(seconds)) return t("connections.value.unknown");
    if (Math.abs(seconds) < 2) return t("connections.value.clock.same");
    return seconds > 0
      ? t("connections.value.clock.ahead", { seconds })
      : t("connections.value.clock.behind", { seconds: -seconds });
  };

  return {
    labelOf: (key: string) => tx(`connections.fact.${key}`, {}, key),
    textOf: ({ key, value }: Fact): string => {
      if (key === "clock") return clock(value);
      if (key === "version") {
        const release = releaseOfVersion(value);
        return release ? `SQL Server ${release.label} (${value})` : value;
      }
      if (key === "rights" && value !== "all" && !value.startsWith("sql_")) {
        return t("connections.value.rights.missing", { names: value });
      }
      if (key === "rights" && value === "all") return t("connections.value.rights.all");
      if (key === "backup_rights") {
        const [held = "", all = ""] = value.split("/");
        return t("connections.value.backup_rights", { held, all });
      }
      if (key === "token_expires" && value !== "unknown") return format.instant(value, "full");
      return tx(`connections.value.${value}`, {}, tx(`error.${value}`, {}, value));
    },
    /** What to know or do about a fact that is not simply good. */
    noteOf: ({ key, value, ok }: Fact): string => {
      const worthSaying = ok === false || (ok === null && (value === "0" || value === "no"));
      const isSysadmin = key === "sysadmin" && value === "yes";
      const known = key === "sysadmin" ? isSysadmin : worthSaying;
      return known ? tx(`connections.fact.note.${key}`, {}, "") : "";
    },
  };
}
