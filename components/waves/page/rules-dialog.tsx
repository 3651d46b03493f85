"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { AskDialog } from "@/components/ask/ask-dialog";
import { useT } from "@/components/locale/i18n-provider";
import { actOnWave } from "@/lib/client/wave-queries";
import type { WaveView } from "@/lib/contracts/wave";
import { SharingFields } from "../form/sharing-fields";
import { rulesOf, type SharingForm, sharingOf } from "../form/wave-form";

/** Changes how a wave's members share what they have in common, while it runs too: what has begun goes on. */
export function RulesDialog({ wave, onClose }: { wave: WaveView; onClose: () => void }) {
  const { t } = useT();
  const act = useMutation(actOnWave(useQueryClient(), wave.id));
  const [form, setForm] = useState<SharingForm>(() => sharingOf(wave.rules));
  const [asked, setAsked] = useState(false);
  const rules = rulesOf(form);
  return (
    <AskDialog
      size="lg"
      title={t("wave.rules.title", { name: wave.name })}
      description={t("wave.rules.text")}
      confirm={t("wave.rules.confirm")}
      busy={act.isPending}
      error={act.error}
      failed={t("wave.act.failed")}
      onConfirm={() => {
        setAsked(true);
        if (rules !== null) act.mutate({ type: "set_rules", rules }, { onSuccess: onClose });
      }}
      onClose={onClose}
    >
      <div className="-mx-4">
        <SharingFields
          form={form}
          onChange={(more) => setForm((now) => ({ ...now, ...more }))}
          ownId={wave.id}
          asked={asked}
        />
      </div>
    </AskDialog>
  );
}
