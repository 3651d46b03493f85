"use client";

import { useQuery } from "@tanstack/react-query";
import { BucketSelect } from "@/components/catalog/bucket-select";
import { useT } from "@/components/locale/i18n-provider";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { bucketQuery } from "@/lib/client/catalog-queries";
import { chooseBucket, chooseCloud } from "../draft/draft-changes";
import { fieldId, type StepProps } from "../draft/step-props";
import { ConnectionSelect } from "../fields/connection-select";

/** The cloud account, the bucket and the prefix under which this migration's files lie. */
export function CloudPlace({ handle, sandbox, errorOf }: StepProps) {
  const { t } = useT();
  const { draft, change } = handle;
  const { cloudConnectionId, bucket, prefix } = draft;
  const detail = useQuery({
    ...bucketQuery(cloudConnectionId ?? "", bucket ?? ""),
    enabled: cloudConnectionId !== null && bucket !== null,
  });
  const facts = detail.data && [
    t("wizard.backup.bucket.facts", {
      storageClass: detail.data.storageClass,
      region: detail.data.regionId,
    }),
    detail.data.encryption === "None"
      ? t("wizard.backup.bucket.notEncrypted")
      : t("wizard.backup.bucket.encryption", { encryption: detail.data.encryption }),
  ];
  return (
    <>
      <ConnectionSelect
        id={fieldId("cloudConnectionId")}
        kind="cloud_account"
        label={t("wizard.backup.cloud")}
        placeholder={t("wizard.backup.cloud.placeholder")}
        addLabel={t("wizard.backup.cloud.add")}
        error={errorOf("cloudConnectionId")}
        value={cloudConnectionId}
        onChange={(connectionId) => change((before) => chooseCloud(before, connectionId, sandbox))}
      />
      {cloudConnectionId === null ? null : (
        <div className="grid gap-x-4 sm:grid-cols-2">
          <BucketSelect
            id={fieldId("bucket")}
            connectionId={cloudConnectionId}
            value={bucket}
            onChange={(name) => change((before) => chooseBucket(before, name))}
            error={errorOf("bucket")}
            hint={facts?.join(" · ")}
          />
          <Field
            id={fieldId("prefix")}
            label={t("wizard.backup.prefix")}
            error={errorOf("prefix")}
            hint={
              prefix === ""
                ? t("wizard.backup.prefix.whole")
                : t("wizard.backup.prefix.help", { place: `${bucket ?? "…"}/${prefix}` })
            }
          >
            {(control) => (
              <TextInput
                {...control}
                mono
                maxLength={500}
                value={prefix}
                onChange={(event) => change((before) => ({ ...before, prefix: event.target.value }))}
              />
            )}
          </Field>
        </div>
      )}
    </>
  );
}
