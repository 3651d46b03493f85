"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { AskDialog } from "@/components/ask/ask-dialog";
import { QueryError } from "@/components/failure/query-error";
import { useT } from "@/components/locale/i18n-provider";
import { useAnnounce } from "@/components/ui/announcer";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { createBucket } from "@/lib/client/bucket-queries";
import { instancesQuery } from "@/lib/client/instance-queries";
import { bucketNameProblem } from "@/lib/migration/bucket-name";

/** Makes a bucket that RDS can read: in the region of an instance, Standard, private, not encrypted. */
export function CreateBucketDialog({
  connectionId,
  onClose,
  onCreated,
}: {
  connectionId: string;
  onClose: () => void;
  onCreated: (bucket: string) => void;
}) {
  const { t } = useT();
  const announce = useAnnounce();
  const instances = useQuery(instancesQuery(connectionId));
  const create = useMutation(createBucket(useQueryClient(), connectionId));
  const [name, setName] = useState("");
  const [region, setRegion] = useState<string | null>(null);
  const [asked, setAsked] = useState(false);
  const regions = [...new Set((instances.data?.instances ?? []).map(({ regionId }) => regionId))].toSorted();
  const regionId = region ?? regions[0] ?? "";
  const problem = bucketNameProblem(name);
  const submit = async () => {
    setAsked(true);
    if (problem !== null || regionId === "") return;
    const made = await create.mutateAsync({ name, regionId }).catch(() => null);
    if (!made) return;
    announce(t("bucket.create.done", { name: made.name }));
    onCreated(made.name);
  };
  return (
    <AskDialog
      title={t("bucket.create.title")}
      description={t("bucket.create.text")}
      confirm={t("bucket.create.confirm")}
      busy={create.isPending}
      error={create.error}
      failed={t("bucket.create.failed")}
      onConfirm={submit}
      onClose={onClose}
    >
      <Field
        label={t("bucket.create.name")}
        hint={t("bucket.create.name.hint")}
        error={asked && problem !== null ? t(`bucket.name.${problem}`) : undefined}
      >
        {(control) => (
          <TextInput
            {...control}
            mono
            maxLength={63}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field
        label={t("bucket.create.region")}
        hint={t("bucket.create.region.hint")}
        error={instances.isSuccess && regions.length === 0 ? t("bucket.create.region.none") : undefined}
      >
        {(control) => (
          <Select {...control} value={regionId} onChange={(event) => setRegion(event.target.value)}>
            {instances.isPending ? <option value="">{t("shell.loading")}</option> : null}
            {regions.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <QueryError query={instances} title={t("bucket.create.region.failed")} />
    </AskDialog>
  );
}
