"use client";

import { useState } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import type { ConnectionView } from "@/lib/contracts/connection";
import { buildRamPolicy, type RamPolicyScope } from "@/lib/diagnosis/build-ram-policy";
import { Script } from "./script";

const FIELDS = [
  { field: "regionId", label: "connections.scripts.region" },
  { field: "instanceId", label: "connections.scripts.instance" },
  { field: "bucket", label: "connections.scripts.bucket" },
] as const;

/** The RAM policy for the calls that are made, limited to a region, an instance and a bucket. */
export function RamPolicyScript({ account }: { account: ConnectionView | null }) {
  const { t } = useT();
  const [scope, setScope] = useState<RamPolicyScope>({
    regionId: account?.kind === "cloud_account" ? account.settings.regionId : "",
    instanceId: "",
    bucket: "",
  });
  const build = () => {
    try {
      return { ok: true, script: JSON.stringify(buildRamPolicy(scope), null, 2) } as const;
    } catch {
      const name = Object.values(scope).find((value) => !/^[\w-]*$/.test(value.trim())) ?? "";
      return { ok: false, error: t("connections.scripts.invalid", { name }) } as const;
    }
  };
  return (
    <Script
      title={t("connections.scripts.ram")}
      text={build()}
      fields={FIELDS.map(({ field, label }) => (
        <Field
          key={field}
          label={t(label)}
          hint={field === "instanceId" ? t("connections.scripts.anyInstance") : undefined}
        >
          {(control) => (
            <TextInput
              {...control}
              mono
              value={scope[field]}
              onChange={(event) => setScope({ ...scope, [field]: event.target.value })}
            />
          )}
        </Field>
      ))}
    />
  );
}
