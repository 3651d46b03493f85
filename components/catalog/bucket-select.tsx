"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { QueryError } from "@/components/failure/query-error";
import { latePiece } from "@/components/late/late-piece";
import { useLocale, useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { bucketsQuery } from "@/lib/client/catalog-queries";
import { compareNames } from "@/lib/format/compare-names";

const CreateBucketDialog = latePiece({
  texts: ["bucket"],
  load: async () => (await import("@/components/bucket/create-bucket-dialog")).CreateBucketDialog,
});

interface BucketSelectProps {
  id: string;
  connectionId: string;
  value: string | null;
  onChange: (bucket: string | null) => void;
  error?: string | undefined;
  hint?: string | undefined;
}

/** Buckets that the account sees, with what the list says of each. A saved one that it no longer shows stays choosable. */
export function BucketSelect({ id, connectionId, value, onChange, error, hint }: BucketSelectProps) {
  const { t } = useT();
  const locale = useLocale();
  const buckets = useQuery(bucketsQuery(connectionId));
  const list = (buckets.data?.buckets ?? []).toSorted((a, b) => compareNames(a.name, b.name, locale));
  const unlisted = value !== null && !list.some(({ name }) => name === value);
  const [creates, setCreates] = useState(false);
  const none = buckets.isSuccess && list.length === 0;
  return (
    <div>
      <Field
        id={id}
        label={t("bucket.choose.label")}
        error={error}
        hint={none ? t("bucket.choose.none") : hint}
      >
        {(control) => (
          <Select {...control} value={value ?? ""} onChange={(event) => onChange(event.target.value || null)}>
            <option value="">
              {buckets.isPending ? t("shell.loading") : t("bucket.choose.placeholder")}
            </option>
            {unlisted ? <option value={value}>{value}</option> : null}
            {list.map(({ name, storageClass, regionId }) => (
              <option key={name} value={name}>
                {`${name} (${storageClass}, ${regionId})`}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Button size="sm" icon={Plus} className="-mt-2 mb-4" onClick={() => setCreates(true)}>
        {t("bucket.create.open")}
      </Button>
      {creates ? (
        <CreateBucketDialog
          connectionId={connectionId}
          onClose={() => setCreates(false)}
          onCreated={(name) => {
            setCreates(false);
            onChange(name);
          }}
        />
      ) : null}
      <QueryError query={buckets} title={t("records.incremental.bucket.error")} className="mb-4" />
    </div>
  );
}
