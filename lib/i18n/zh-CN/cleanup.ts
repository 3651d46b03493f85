import type { cleanup as english } from "../en/cleanup";

export const cleanup: Record<keyof typeof english, string> = {
  open: "清理 Bucket…",
  title: "清理 Bucket",
  text: "数据库已不再需要这些文件。如果可能需要从中重新开始，请先保留。",
  keep: "全部保留",
  confirm: "{count, plural, other {删除 # 个对象}}",
  confirm_bucket: "{count, plural, other {删除 # 个对象和 Bucket}}",
  confirm_name: "输入 {bucket} 以同时删除 Bucket",
  total: "{count, plural, other {共 # 项}}，{size}",
  none: "Bucket 中没有此任务的文件。",
  original: "已解压或改名的文件的原件",
  upload: "未完成的上传；其分片会计费，将一并删除",
  bucket: "同时删除 Bucket {bucket}",
  bucket_stays:
    "{count, plural, =0 {Bucket 将保留：其中还保留着此任务的文件。} other {Bucket 将保留：其中还有其他对象。}}",
  choose: "请至少选择一个对象。",
  misnamed: "请准确输入名称：{bucket}",
  done: "{count, plural, other {已删除 # 个对象。}}",
  load_failed: "无法读取 Bucket",
  failed: "没有全部删除",
  "wait.running": "任务尚未结束：RDS 可能还需要读取这些文件。",
  "wait.importing": "RDS 仍在读取其中的文件。",
};
