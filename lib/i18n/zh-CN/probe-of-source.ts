import type { probeOfSource as english } from "../en/probe-of-source";

export const probeOfSource: Record<keyof typeof english, string> = {
  "source.reachable.title": "源服务器",
  "source.reachable.pass": "{server} 有响应，登录用户 {user}。",
  "source.reachable.block": "服务器无响应或拒绝登录。",
  "source.reachable.remedy": "请在“连接”中测试该连接，会给出确切的失败原因。",
  "source.version.title": "SQL Server 版本",
  "source.version.pass": "{version}，{edition}。",
  "source.version.block": "{version} 版本过旧：RDS 支持导入 SQL Server 2005 及以上版本的备份。",
  "source.version.remedy": "请先将数据库还原到较新的 SQL Server，再从那里迁移。",
  "source.service.title": "服务器的服务类型",
  "source.service.pass": "自建 SQL Server，可以将备份链写入文件。",
  "source.service.block":
    "{service, select, managed_instance {Azure SQL 托管实例只能向 Azure 存储做仅复制的全量备份} other {Azure SQL 数据库不能将备份写入文件}}，没有可供 RDS 还原的备份链。",
  "source.service.remedy": "请将数据库导出为 BACPAC 并导入自建 SQL Server 后再迁移，或使用 DTS 迁移。",
  "source.clock.title": "源服务器时钟",
  "source.clock.pass": "与本机相差 {seconds} 秒以内。",
  "source.clock.warn":
    "比本机{side, select, behind {慢} other {快}} {seconds} 秒：msdb 和备份中的时间、以及此处显示的数据延迟都会有同样的偏差。",
  "source.clock.block": "时钟不正确。",
  "source.clock.remedy": "请让服务器与时间服务器同步（w32tm /resync），或自行记住这一偏差。",
  "source.state.title": "数据库状态",
  "source.state.pass": "{database} 状态为 {state}，{userAccess}。",
  "source.state.warn": "{database} 状态为 {state}，但访问模式为 {userAccess}，其他用户可能无法使用。",
  "source.state.block": "{database} 状态为 {state}，无法备份。",
  "source.state.remedy":
    "请使其处于 ONLINE 和 MULTI_USER。SUSPECT、RECOVERY_PENDING 需先查看 SQL Server 错误日志并排除原因。",
  "source.writable.title": "数据库是否可写",
  "source.writable.pass": "{database} 可读写。",
  "source.writable.warn":
    "{database} 为只读：每次日志备份都会重复上一次的内容，且较新版本在只读状态下无法升级它。",
  "source.writable.block":
    "{cause, select, snapshot {{database} 是 {of} 的数据库快照，快照无法备份。} other {{database} 处于备用（STANDBY）状态，正在还原过程中，无法备份。}}",
  "source.writable.remedy":
    "{cause, select, snapshot {请选择 {of} 本身。} standby {请从产生这些备份的主服务器迁移。} other {请在全量备份之前改为可读写。}}",
  "source.size.title": "数据库大小",
  "source.size.pass": "数据文件 {dataBytes}，已使用 {usedBytes}。",
  "source.size.warn":
    "{files, plural, =0 {已使用 {usedBytes}：全量备份不压缩时会超过 RDS 单文件 3 TB 的上限。} other {有 # 个文件不在线，不会包含在备份中。}}",
  "source.size.block": "已使用 {usedBytes}：即使压缩，全量备份也会超过 RDS 单文件 3 TB 的上限。",
  "source.size.unknown": "登录名无权查看文件大小。",
  "source.size.remedy":
    "请使用备份压缩、归档不需要的数据，或改用 DTS 迁移。处于 OFFLINE 的文件：使其联机或将其删除。",
  "source.page_verify.title": "页校验",
  "source.page_verify.pass": "PAGE_VERIFY 为 {mode}。",
  "source.page_verify.warn":
    "PAGE_VERIFY 为 {mode}：磁盘上损坏的页会不被察觉地进入备份，直到 RDS 检查时才发现。",
  "source.page_verify.block": "PAGE_VERIFY 为 {mode}。",
  "source.page_verify.remedy": "请启用（页在下次写入时获得校验和），并在全量备份前执行 DBCC CHECKDB。",
  "source.log_reuse.title": "日志重用",
  "source.log_reuse.pass": "没有因素阻止日志重用（{wait}）。",
  "source.log_reuse.warn": "{wait} 阻止日志重用：无论多频繁地备份，日志文件都会增长。",
  "source.log_reuse.block": "{wait} 阻止日志重用。",
  "source.log_reuse.remedy":
    "{wait, select, ACTIVE_TRANSACTION {请找到最早的未提交事务并使其结束。} REPLICATION {请启动日志读取器代理或捕获作业，或清除残留的复制。} AVAILABILITY_REPLICA {有辅助副本落后：请恢复或移除它。} DATABASE_MIRRORING {镜像落后：请恢复或移除它。} other {请按 sys.databases 中的原因说明处理占用日志的因素。}}",
  "source.recovery_model.title": "恢复模式",
  "source.recovery_model.pass": "{model}。",
  "source.recovery_model.warn": "{model}：可以备份日志，但包含大容量操作的日志可能很大。",
  "source.recovery_model.block": "{model}：没有日志备份，全量备份之后无法继续。",
  "source.recovery_model.remedy": "请设置为 FULL；日志链从随后的全量备份开始。",
  "source.log_chain.title": "日志链",
  "source.log_chain.pass":
    "{cause, select, ok {日志链正在进行。} first_full {从 Chainferry 执行的全量备份开始。} other {打开数据库方式不需要日志备份。}}",
  "source.log_chain.block":
    "{cause, select, simple {简单恢复模式不保留可备份的日志。} other {{database} 只是名义上的 FULL：更改后尚未做过全量备份，日志在每个检查点都会被截断（“伪简单”模式）。}}",
  "source.log_chain.unknown": "登录名无权查看 sys.database_recovery_status。",
  "source.log_chain.remedy": "请执行一次非 COPY_ONLY 的全量备份：它开启日志链，也是迁移的第一个文件。",
  "source.full_backup.title": "全量备份",
  "source.full_backup.pass":
    "{takenBy, select, app {启动后由 Chainferry 执行。} other {最近一次由他人执行。}}",
  "source.full_backup.warn": "msdb 中没有 {database} 的全量备份记录。",
  "source.full_backup.block": "没有 {database} 的全量备份。",
  "source.full_backup.remedy": "请执行一次全量备份并放入 Bucket，或由 Chainferry 执行备份。",
  "source.log_rate.title": "日志生成速率",
  "source.log_rate.pass": "平均每分钟 {minuteBytes}，一周内最忙的一小时每分钟 {peakBytes}。",
  "source.log_rate.warn":
    "十分钟一轮最多积累 {roundBytes}：在这样的写入速率下，最后一个日志无法降到 {limitBytes} 以下。",
  "source.log_rate.block": "十分钟一轮最多积累 {roundBytes}。",
  "source.log_rate.unknown": "文件计数器和 msdb 都没有提供数据。",
  "source.log_rate.remedy":
    "请把割接安排在空闲时段，在此之前暂停索引重建和批量导入，并使用差异备份：一个差异可替代多个日志。",
  "source.checkdb.title": "最近一次成功的 DBCC CHECKDB",
  "source.checkdb.pass": "{at}（源端时间），{days, plural, =0 {今天} other {# 天前}}。",
  "source.checkdb.warn":
    "{cause, select, never {{database} 从未检查过：源端的损坏要到最后一步 RDS 打开数据库时才会暴露。} other {{at}（源端时间），{days} 天前：此后的损坏要到最后一步 RDS 打开数据库时才会暴露。}}",
  "source.checkdb.block": "DBCC CHECKDB 在 {database} 中发现错误：这里损坏的数据到达目标后同样是损坏的。",
  "source.checkdb.remedy":
    "{cause, select, errors {请从损坏之前的备份还原，或在支持人员协助下修复，然后重新检查。} other {请立即执行：可在此处执行，或在空闲时段用脚本执行。}}",
  "source.backup_jobs.title": "执行备份的 Agent 作业",
  "source.backup_jobs.pass":
    "{count, plural, =0 {没有启用的作业备份此数据库。} other {{jobs} 为此迁移任务执行备份。}}",
  "source.backup_jobs.warn":
    "{jobs}：{effect, select, log {其每次日志备份都会在我们的日志链中造成缺口。} full {其每次全量备份都会改变我们差异备份的基准。} both {其日志备份会造成缺口，其全量备份会改变差异备份的基准。} other {其备份为 COPY_ONLY，没有影响。}}",
  "source.backup_jobs.block": "{jobs} 会备份 {database}。",
  "source.backup_jobs.remedy":
    "请在割接前禁用该作业，或将其备份改为 COPY_ONLY。若必须继续备份，可把他人的备份文件加入此迁移任务。",
  "source.foreign_backups.title": "他人执行的备份",
  "source.foreign_backups.pass": "{takenBy, select, others {只由一方执行。} other {最近一天内没有。}}",
  "source.foreign_backups.warn":
    "{owners}，最近一次 {last}（源端时间）。{effect, select, log {其每次日志备份都会在我们的日志链中造成缺口。} full {其每次全量备份都会改变我们差异备份的基准。} both {其日志备份会造成缺口，其全量备份会改变差异备份的基准。} other {}}{virtual, plural, =0 {} other {其中有写入虚拟设备的备份：由虚拟机或备份软件执行，没有 Agent 作业。}}",
  "source.foreign_backups.block": "{owners} 会备份 {database}。",
  "source.foreign_backups.remedy":
    "请在执行这些备份的软件中暂停至割接完成。迁移期间，漂移监视会在一分钟内报告每一次此类备份。",
  "source.backup_running.title": "正在执行的其他备份或还原",
  "source.backup_running.pass": "没有。",
  "source.backup_running.warn": "{login}（{program}）正在执行 {command}：我们的备份须等待，或会被拒绝。",
  "source.backup_running.block": "{login} 正在执行 {command}。",
  "source.backup_running.remedy": "请等待其结束后重新检查。",
  "source.backup_encryption.title": "备份加密",
  "source.backup_encryption.pass":
    "{takenBy, select, app {Chainferry 执行的备份不加密。} other {最近一周的备份均未加密。}}",
  "source.backup_encryption.block":
    "最近一周有 {count} 个备份使用了 WITH ENCRYPTION：RDS 无法接收证书，因此无法还原。",
  "source.backup_encryption.remedy": "请在迁移用的备份中去掉 WITH ENCRYPTION。",
  "source.edition_features.title": "与版本类型绑定的特性",
  "source.edition_features.pass": "数据库中没有妨碍该实例打开它的特性。",
  "source.edition_features.block":
    "{refused}：{engineVersion} 无法打开使用该特性的数据库。RDS 要到全部导入之后的最后一步才会报错。",
  "source.edition_features.unknown": "{features}：能否打开取决于实例的版本类型，目前尚未选择或未知。",
  "source.edition_features.remedy":
    "请选择企业版实例，或在全量备份前移除该特性。各特性的移除方法见微软 sys.dm_db_persisted_sku_features 文档。",
  "source.tde.title": "透明数据加密（TDE）",
  "source.tde.pass": "未加密。",
  "source.tde.warn": "已解密，但加密密钥仍在，日志中仍有加密内容。",
  "source.tde.block": "使用证书 {certificate} 加密：RDS 无法接收该证书，因此无法还原此数据库的备份。",
  "source.tde.remedy":
    "请关闭加密，等待解密完成，删除密钥，然后重新执行全量备份。迁移后可在 RDS 上重新启用加密。",
  "source.filestream.title": "FILESTREAM 与 FileTable",
  "source.filestream.pass": "均未使用。",
  "source.filestream.warn":
    "{groups} 个 FILESTREAM 文件组，{tables} 个 FileTable：阿里云文档未说明 RDS 支持。",
  "source.filestream.block": "使用了 FILESTREAM。",
  "source.filestream.remedy": "请先用数据库副本试迁移，或把文件移到 OSS 并删除该文件组。",
  "source.memory_optimized.title": "内存优化表",
  "source.memory_optimized.pass": "没有。",
  "source.memory_optimized.warn":
    "内存优化文件组一旦创建便无法删除：实例必须有足够内存，且其版本类型必须支持。",
  "source.memory_optimized.block": "使用了内存优化表。",
  "source.memory_optimized.remedy": "请选择内存充足的实例，并先用数据库副本试迁移。",
  "source.cdc.title": "变更数据捕获（CDC）",
  "source.cdc.pass": "未启用。",
  "source.cdc.warn": "不带 KEEP_CDC 的还原会删除捕获表：下游需要在 RDS 上重新配置。",
  "source.cdc.block": "已启用变更数据捕获。",
  "source.cdc.remedy": "请现在记录被捕获的表，割接后在 RDS 上重新启用；如已无人使用，请关闭 CDC。",
  "source.replication.title": "复制",
  "source.replication.pass": "既未发布，也不是分发数据库。",
  "source.replication.warn": "已发布：发布不会随迁移带走，且日志读取器未读取的日志会一直保留在日志文件中。",
  "source.replication.block": "分发数据库属于其所在服务器，无法迁移。",
  "source.replication.remedy": "请规划在 RDS 上重建发布，割接后删除旧发布；在此之前保持日志读取器代理运行。",
  "source.availability.title": "可用性组",
  "source.availability.pass": "未加入。",
  "source.availability.warn":
    "{group} 的 {role}：任一副本上的日志备份同属一条日志链，而此处的 msdb 只记录本机的备份。",
  "source.availability.block": "{group} 的 {role}：作为链起点的全量备份和差异备份只能在主副本上执行。",
  "source.availability.remedy":
    "请连接主副本，并在割接前不让其他副本执行备份（备份首选项：主副本）。期间若发生故障转移，需改用另一台服务器的连接。",
  "source.mirroring.title": "数据库镜像",
  "source.mirroring.pass": "未镜像。",
  "source.mirroring.warn": "镜像会话的主体：故障转移后须在另一台服务器上执行备份。",
  "source.mirroring.block": "镜像会话的镜像端：无法备份。",
  "source.mirroring.remedy":
    "{role, select, MIRROR {请连接主体服务器。} other {请在割接前不要故障转移，或移除镜像。}}",
};
