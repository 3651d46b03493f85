"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { useAnnounce } from "@/components/ui/announcer";
import { IconButton } from "./icon-button";
import { useWords } from "./words";

/** Copies `text`; the confirmation is seen and spoken. */
export function CopyButton({ text, label }: { text: string; label?: string }) {
  const words = useWords();
  const announce = useAnnounce();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    const done = await writeClipboard(text);
    setCopied(done);
    announce(done ? words.copied : words.copyFailed);
  };
  return (
    <IconButton
      size="sm"
      icon={copied ? Check : Copy}
      label={copied ? words.copied : (label ?? words.copy)}
      onClick={copy}
    />
  );
}

/** The clipboard needs a secure page; on plain http to a jump host a selection does it. */
async function writeClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.style.position = "fixed";
    area.style.opacity = "0";
    document.body.append(area);
    area.select();
    const copy: unknown = Reflect.get(document, "execCommand");
    const done = typeof copy === "function" && copy.call(document, "copy") === true;
    area.remove();
    return done;
  }
}
