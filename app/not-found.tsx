import { AppShell } from "@/components/shell/app-shell";
import { NotFoundScreen } from "@/components/shell/late-screens";

export default function NotFound() {
  return (
    <AppShell>
      <NotFoundScreen />
    </AppShell>
  );
}
