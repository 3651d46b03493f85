import type { explanation as english } from "../en/explanation";
import { explanationOfCloud } from "./explanation-of-cloud";
import { explanationOfSource } from "./explanation-of-source";

export const explanation: Record<keyof typeof english, string> = {
  ...explanationOfCloud,
  ...explanationOfSource,
  "panel.unknown": "此消息不在已知范围内，不作猜测。原文如下：",
};
