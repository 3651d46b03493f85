import { NotFoundScreen } from "@/components/shell/late-screens";

export default function NotFound() {
  return <NotFoundScreen />;
}
