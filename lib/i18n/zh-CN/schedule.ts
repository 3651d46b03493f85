import type { schedule as english } from "../en/schedule";

export const schedule: Record<keyof typeof english, string> = {
  title: "增量轮次",
  text: "全量之后，用差异备份或日志备份缩小数据延迟。随时可以更改。",
  manual: "手动",
  "manual.text": "每一轮由您点击按钮开始。",
  every: "按间隔",
  "every.text": "每隔若干分钟开始一轮。",
  back_to_back: "连续进行",
  "back_to_back.text": "一轮接一轮，直到日志备份小到可以割接。",
  minutes: "两轮之间的分钟数",
  until: "直到日志备份小于（MB）",
  backup: "每一轮生成",
  log: "日志备份",
  differential: "差异备份",
  number: "请填写 1 至 {max} 之间的整数",
  over_budget:
    "这样每天需要导入 {perDay} 次，而 RDS 每日最多 20 次，并为割接保留两次，轮次将会等待。间隔不少于 {minutes} 分钟才够用。",
};
