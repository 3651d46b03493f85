import type { advance as english } from "../en/advance";

export const advance: Record<keyof typeof english, string> = {
  full_imported: "全量备份已在 RDS 还原",
  nothing_pending: "没有进行中的步骤",
  imports_left: "今日剩余导入次数 {left} / {limit}",
  last_log_small: "最近一次日志备份小于 {limitMb} MB",
  checklist_ticked: "检查清单已勾选",
  "checklist_ticked.yours": "割接窗口中还有 {open} 项未勾选。",
  no_refused_file: "没有被拒绝的文件",
  "full_imported.wait": "等待全量备份的备份、上传和还原。",
  "nothing_pending.wait": "等待正在运行的步骤。",
  "imports_left.wait": "割接需要 2 次，次数将于明日恢复。",
  "imports_left.yours": "割接需要 2 次，次数将于明日恢复。",
  "last_log_small.yours": "请再执行一次日志备份：最后一个日志越小，停机越短。也可直接继续。",
  "last_log_small.wait": "日志备份将持续进行，直到足够小。",
  "no_refused_file.yours": "需要您处理：在“文件”中查看需要哪个备份，或跳过该文件。",
  target_takes_files: "目标端正在等待下一个文件",
  "target_takes_files.yours": "需要您处理：目标端已被打开、删除或其任务已结束，请查看上方告警。",
  hole_bridged: "上次割接回退后已执行差异备份",
  "hole_bridged.yours":
    "需要您处理：上次割接的结尾日志备份未进入目标端，下一个日志备份从其结束处开始，只有差异备份才能补上这一缺口。",
  no_foreign_backup: "此后没有其他人的备份",
  "no_foreign_backup.yours": "需要您处理：其他人中断了备份链，请查看上方告警。",
  "state.met": "已满足",
  "state.yours": "需要您处理",
  "state.wait": "将自动满足",
};
