import { ConnectionsScreen } from "@/components/connections/connections-screen";
import { ScreenTexts } from "../../screen-texts";

export default function ConnectionsPage() {
  return (
    <ScreenTexts of={["connections", "error"]}>
      <ConnectionsScreen />
    </ScreenTexts>
  );
}
