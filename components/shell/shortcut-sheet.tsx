"use client";

import { useT } from "@/components/locale/i18n-provider";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import type { MessageKey } from "@/lib/i18n/message-key";

const SHORTCUTS: { keys: string[]; text: MessageKey }[] = [
  { keys: ["?"], text: "shell.shortcuts.help" },
  { keys: ["g", "m"], text: "shell.shortcuts.go_migrations" },
  { keys: ["g", "r"], text: "shell.shortcuts.go_records" },
  { keys: ["g", "c"], text: "shell.shortcuts.go_connections" },
  { keys: ["g", "s"], text: "shell.shortcuts.go_settings" },
  { keys: ["g", "w"], text: "shell.shortcuts.go_wall" },
  { keys: ["/"], text: "shell.shortcuts.search" },
  { keys: ["j"], text: "shell.shortcuts.next" },
  { keys: ["k"], text: "shell.shortcuts.previous" },
  { keys: ["Esc"], text: "shell.shortcuts.close" },
];

export function ShortcutSheet({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const { t } = useT();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("shell.shortcuts.title")}
      description={t("shell.shortcuts.note")}
    >
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-6 gap-y-2.5 px-4 py-4 text-table sm:px-6">
        {SHORTCUTS.map(({ keys, text }) => (
          <div key={text} className="contents">
            <dt className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
