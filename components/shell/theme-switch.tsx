"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useEffect, useState } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { IconButton } from "@/components/ui/icon-button";
import { applyTheme, readTheme, THEMES, type Theme } from "./theme";

const ICONS = { system: Monitor, light: Sun, dark: Moon };

/** System, light, dark, in turn. While it follows the system it follows live. */
export function ThemeSwitch() {
  const { t } = useT();
  const [theme, setTheme] = useState<Theme>("system");
  useEffect(() => setTheme(readTheme()), []);
  useEffect(() => {
    if (theme !== "system") return;
    const system = matchMedia("(prefers-color-scheme: dark)");
    const follow = () => applyTheme("system");
    system.addEventListener("change", follow);
    return () => system.removeEventListener("change", follow);
  }, [theme]);
  const next = () => {
    const following = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "system";
    setTheme(following);
    applyTheme(following);
  };
  return <IconButton icon={ICONS[theme]} label={t("shell.theme", { theme })} onClick={next} />;
}
