"use client";

import { useQuery } from "@tanstack/react-query";
import { BucketSelect } from "@/components/catalog/bucket-select";
import { useT } from "@/components/locale/i18n-provider";
import { bucketQuery } from "@/lib/client/catalog-queries";
import { chooseBucket, chooseCloud } from "../draft/draft-changes";
import { fieldId, type StepProps } from "../draft/step-props";
import { ConnectionSelect } from "../field/connection-select";

export function CloudConnection({ handle: { draft, change }, sandbox, errorOf }: StepProps) {
  const { t } = useT();
  return (
    <ConnectionSelect
      id={fieldId("cloudConnectionId")}
      kind="cloud_account"
      label={t("wizard.backup.cloud")}
      placeholder={t("wizard.backup.cloud.placeholder")}
      addLabel={t("wizard.backup.cloud.add")}
      error={errorOf("cloudConnectionId")}
      value={draft.cloudConnectionId}
      onChange={(connectionId) => change((before) => chooseCloud(before, connectionId, sandbox))}
    />
  );
}

/** The bucket of this migration's files, with what OSS says of it. */
export function Bucket({ handle: { draft, change }, errorOf }: StepProps) {
  const { t } = useT();
  const connectionId = draft.cloudConnectionId ?? "";
  const { data } = useQuery({
    ...bucketQuery(connectionId, draft.bucket ?? ""),
    enabled: connectionId !== "" && draft.bucket !== null,
  });
  const facts = data && [
    t("wizard.backup.bucket.facts", { storageClass: data.storageClass, region: data.regionId }),
    data.encryption === "None"
      ? t("wizard.backup.bucket.notEncrypted")
      : t("wizard.backup.bucket.encryption", { encryption: data.encryption }),
  ];
  return (
    <BucketSelect
      id={fieldId("bucket")}
      connectionId={connectionId}
      value={draft.bucket}
      onChange={(name) => change((before) => chooseBucket(before, name))}
      error={errorOf("bucket")}
      hint={facts?.join(" · ")}
    />
  );
}

export function PrefixHint({ handle: { draft } }: StepProps) {
  const { t } = useT();
  return draft.prefix === ""
    ? t("wizard.backup.prefix.whole")
    : t("wizard.backup.prefix.help", { place: `${draft.bucket ?? "…"}/${draft.prefix}` });
}
