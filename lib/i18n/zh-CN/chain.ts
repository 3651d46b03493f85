import type { chain as english } from "../en/chain";

export const chain: Record<keyof typeof english, string> = {
  title: "还原路径",
  note: "按 LSN 排序，宽度不成比例",
  table: "按备份链排序的备份",
  empty: "尚未读取任何文件头。",
  ok: "备份链完整：目标端已包含 LSN {atLsn} 之前的全部内容。",
  ok_text: "下一个日志备份的起点不得晚于此 LSN，终点须晚于它。差异备份必须基于已导入的全量备份。",
  begin: "备份链从全量备份开始。",
  begin_text: "尚未导入全量备份。",
  done: "备份链已闭合：最后的日志已导入，数据库已打开。",
  number: "序号",
  applied: "应用情况",
  missing: "缺失",
  on_path: "在路径上",
  not_used: "未使用",
  held: "暂缓",
  lane: "{count, plural, other {# 个}}备份，按 LSN 排序；下表内容相同",
};
