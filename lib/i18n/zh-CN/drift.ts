import type { drift as english } from "../en/drift";

export const drift: Record<keyof typeof english, string> = {
  "foreign_log.title": "有其他人执行了日志备份",
  "foreign_log.what":
    "{userName}{finishedAtLocal, select, none {} other { 于 {finishedAtLocal} }}执行了 {count, plural, other {# 个日志备份}}，取走了 LSN {fromLsn} 到 {toLsn} 的日志。我们的下一个日志备份将无法接上目标库。",
  "foreign_log.do":
    "请取得该文件并导入，或立即执行一次差异备份来跨过这段日志；然后停用该备份作业，直到割接完成。",
  "base_reset.title": "有其他人执行了全量备份",
  "base_reset.what":
    "{userName}{finishedAtLocal, select, none {} other { 于 {finishedAtLocal} }}执行的全量备份已成为下一个差异备份的基准：此后的差异备份无法用于目标库，日志备份不受影响。",
  "base_reset.do":
    "请继续只使用日志备份，并让其他全量备份使用 COPY_ONLY。如需差异备份，请以该全量备份重新开始。",
  "recovery_model_changed.title": "恢复模式已改为 {now}",
  "recovery_model_changed.what":
    "之前为 {before}。SIMPLE 模式下日志链已断，无法执行日志备份；BULK_LOGGED 模式下最后一个日志备份可能缺少部分更改。",
  "recovery_model_changed.do": "请改回 FULL，然后执行一次差异备份，让目标库跨过断点。",
  "log_chain_restarted.title": "日志链已重新开始",
  "log_chain_restarted.what": "LSN {fromLsn} 到 {toLsn} 之间没有日志备份：恢复模式曾被切换，或日志曾被截断。",
  "log_chain_restarted.do": "请执行一次差异备份，让目标库跨过断点。",
  "restored.title": "源数据库被还原过",
  "restored.what": "源库已处于另一条恢复分支，此后的备份都无法用于目标库。",
  "restored.do": "请取消此任务，并以新的全量备份重新开始。",
  somebody: "其他人",
  file: "所需的文件：",
  unseen: "msdb 中没有该文件的位置：请询问负责此服务器备份的人员。",
  seen: "最近确认于 {time}",
  take_differential: "立即执行差异备份",
  dismiss: "仍然继续…",
  "dismiss.title": "仍然继续？",
  "dismiss.text": "该告警将消失，同一事件不再提示；记录中会保留由谁决定。被暂停的导入将继续。",
  "dismiss.confirm": "继续",
  held: "在作出决定之前，全量备份不会提交给 RDS。全量备份还原后才能执行差异备份。",
};
