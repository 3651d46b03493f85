import { WaveScreen } from "@/components/waves/page/wave-screen";
import { ScreenTexts } from "../../../screen-texts";

export default async function WavePage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <ScreenTexts of={["error", "migration", "needs", "probe", "timeline", "verdict", "wave"]}>
      <WaveScreen id={id} />
    </ScreenTexts>
  );
}
