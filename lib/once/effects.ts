import { ONCE_KINDS, type OnceKind } from "@/lib/migration/vocabulary/once-kind";
import { accountLooks } from "./account-effect";
import { backupEffect } from "./backup-effect";
import { dropEffect } from "./drop-effect";
import { importEffect } from "./import-effect";
import type { OnceLooks } from "./once-effect";
import { openEffect } from "./open-effect";
import { rdsBackupEffect } from "./rds-backup-effect";

const LOOKS: Readonly<Record<OnceKind, OnceLooks>> = {
  import: importEffect,
  open: openEffect,
  backup: backupEffect,
  drop: dropEffect,
  account: accountLooks,
  rds_backup: rdsBackupEffect,
};

/** How calls of a kind are looked for; the kind as a row has it. */
export function looksOf(kind: string): OnceLooks {
  const known = ONCE_KINDS.find((one) => one === kind);
  if (known === undefined) throw new Error(`The store holds a call of an unknown kind: ${kind}`);
  return LOOKS[known];
}
