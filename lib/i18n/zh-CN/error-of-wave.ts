import type { errorOfWave as english } from "../en/error-of-wave";

export const errorOfWave: Record<keyof typeof english, string> = {
  wave_not_found: "该批次不存在，或已被删除。",
  "wave_not_found.do": "请返回批次列表，从列表中打开。",
  wave_has_begun: "该批次已开始：数据库及共同设置已固定。",
  "wave_has_begun.do": "请查看批次页面；每个数据库仍可单独更改。",
  wave_not_started: "该批次尚未开始。",
  "wave_not_started.do": "请先开始该批次。",
  wave_is_empty: "该批次没有数据库。",
  "wave_is_empty.do": "请至少选择一个。",
  wave_is_armed: "该批次的割接已就绪待命。",
  "wave_is_armed.do": "如需另设，请先取消待命。",
  wave_not_armed: "该批次的割接尚未就绪待命。",
  "wave_not_armed.do": "请先设置割接就绪待命。",
  wave_disarmed: "已有人取消其割接待命。",
  "wave_disarmed.do": "在批次页面重试后，将与其他数据库一样就绪待命。",
  wave_follows_itself: "批次不能等待自身。",
  "wave_follows_itself.do": "请选择其他批次，或不选择。",
  wave_member_twice: "{database} 在该批次中出现两次。",
  "wave_member_twice.do": "请去掉其中一个。",
  wave_target_twice: "同一实例上将有两个名为 {database} 的数据库。",
  "wave_target_twice.do": "请更改其中一个的名称，或选择另一个实例。",
};
