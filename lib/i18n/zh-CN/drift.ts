import type { drift as english } from "../en/drift";

export const drift: Record<keyof typeof english, string> = {
  "foreign_log.title": "有其他人执行了日志备份",
  "foreign_log.what":
    "{userName}{finishedAtLocal, select, none {} other { 于 {finishedAtLocal} }}执行了 {count, plural, other {# 个日志备份}}，取走了 LSN {fromLsn} 至 {toLsn} 的日志。我们的下一个日志备份将与目标端的备份链不衔接。",
  "foreign_log.do":
    "请取得该文件并导入，或立即执行一次差异备份来跨过这段日志；然后停用该备份作业，直到割接完成。",
  "base_reset.title": "有其他人执行了全量备份",
  "base_reset.what":
    "{userName}{finishedAtLocal, select, none {} other { 于 {finishedAtLocal} }}执行的全量备份已成为下一个差异备份的基准：此后的差异备份无法用于目标端，日志备份不受影响。",
  "base_reset.do":
    "请继续只使用日志备份，并让其他全量备份使用 COPY_ONLY。如需差异备份，请以该全量备份重新开始。",
  "recovery_model_changed.title": "恢复模式已改为 {now}",
  "recovery_model_changed.what":
    "之前为 {before}。简单恢复模式下日志链已断，无法执行日志备份；大容量日志恢复模式下最后一次日志备份可能缺少部分更改。",
  "recovery_model_changed.do": "请改回 FULL，然后执行一次差异备份，让目标端跨过缺口。",
  "log_chain_restarted.title": "日志链已重新开始",
  "log_chain_restarted.what": "LSN {fromLsn} 至 {toLsn} 之间没有日志备份：恢复模式曾被更改，或日志曾被截断。",
  "log_chain_restarted.do": "请执行一次差异备份，让目标端跨过缺口。",
  "restored.title": "源数据库被还原过",
  "restored.what": "源端已处于另一条恢复分支，此后的备份都无法用于目标端。",
  "restored.do": "请取消此任务，并以新的全量备份重新开始。",
  "target_opened.title": "目标数据库已被打开",
  "target_opened.what":
    "RDS 显示 {database} 的状态为 {databaseStatus}：有人打开了该数据库，打开后无法再导入备份文件。我们不会再向其提交文件，源端的写入照常进行。",
  "target_opened.do":
    "已打开的数据库无法恢复为等待状态。确认无人需要其中写入的数据后，在 RDS 控制台重命名或删除 {database}，再开始新的备份链（在此记录中重新执行全量备份），或取消此任务。请告知打开者：割接在此处执行。",
  "target_deleted.title": "目标数据库已不存在",
  "target_deleted.what":
    "实例中已没有数据库 {database}，其任务 {taskId} 的状态为 {task}。我们不会再向其提交文件，源端的写入照常进行。",
  "target_deleted.do":
    "请在 RDS 控制台查看是否有人删除了该数据库。请取消此任务，并以全量备份新建任务：已导入的文件仍在 Bucket 中。",
  "target_task_ended.title": "RDS 上的任务不再等待文件",
  "target_task_ended.what":
    "RDS 显示任务 {taskId} 的状态为 {task}，{database} 的状态为 {databaseStatus}。在此期间不会开始割接，源端的写入照常进行。",
  "target_task_ended.do":
    "请在 RDS 控制台查看该任务的说明。如其恢复等待，告警会自动消失；如任务已结束，请取消此任务，删除 {database}，并以全量备份新建任务，或附上任务 ID 提交工单。",
  new_chain: "开始新的备份链…",
  "new_chain.title": "为 {database} 开始新的备份链？",
  "new_chain.text": "将重新执行全量备份、上传并以新的任务还原；此记录继续使用。",
  "new_chain.lost": "作废：{files, plural, other {# 个}}文件，共 {size}。文件保留在 Bucket 中，不再使用。",
  "new_chain.took": "上一次全量备份从开始到还原完成用时 {duration}。",
  "new_chain.imports": "今日已使用 {used}/{limit} 次导入。",
  "new_chain.name": "RDS 不接受导入到已存在的名称：请先在控制台重命名或删除 {database}。",
  "new_chain.confirm": "开始新的备份链",
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
