"use client";

import { useT } from "@/components/locale/i18n-provider";
import type { RecordFileView } from "@/lib/contracts/record-file";
import { fileLook } from "./file-look";
import { StateWord } from "./state-word";

/** A file's state in the console's word. */
export function FileStatus({ file }: { file: RecordFileView }) {
  const { tx } = useT();
  return (
    <StateWord look={fileLook(file.status)}>
      {tx(`records.file.status.${file.status}`, { status: file.providerStatus }, file.providerStatus)}
    </StateWord>
  );
}
