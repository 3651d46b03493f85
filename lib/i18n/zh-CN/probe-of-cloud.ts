import type { probeOfCloud as english } from "../en/probe-of-cloud";

export const probeOfCloud: Record<keyof typeof english, string> = {
  "bucket.reachable.title": "Bucket",
  "bucket.reachable.pass": "{bucket} 有响应。",
  "bucket.reachable.block": "{bucket} 无响应，或该账号无权读取。",
  "bucket.reachable.remedy": "请检查名称以及账号对该 Bucket 的权限。",
  "bucket.region.title": "Bucket 所在地域",
  "bucket.region.pass": "均位于 {region}。",
  "bucket.region.block": "{bucket} 位于 {bucketRegion}，实例位于 {region}：RDS 无法跨地域读取。",
  "bucket.region.remedy": "请选择位于 {region} 的 Bucket。",
  "bucket.account.title": "Bucket 与实例的所属账号",
  "bucket.account.pass": "均属于账号 {accountId}。",
  "bucket.account.block":
    "{bucket} 属于账号 {ownerId}，AccessKey 属于账号 {accountId}：RDS 只能读取本账号的 Bucket。",
  "bucket.account.unknown": "无法确定 {bucket} 属于哪个账号。",
  "bucket.account.remedy": "请选择实例所属账号下的 Bucket。",
  "bucket.storage_class.title": "存储类型",
  "bucket.storage_class.pass": "{storageClass}。",
  "bucket.storage_class.block":
    "{bucket} 的存储类型为 {storageClass}：RDS 只能读取标准存储（Standard）的对象。",
  "bucket.storage_class.remedy": "请选择标准存储的 Bucket。",
  "bucket.encryption.title": "服务器端加密",
  "bucket.encryption.pass": "未开启。",
  "bucket.encryption.block": "{bucket} 已使用 {encryption} 加密：RDS 无法从加密的 Bucket 导入。",
  "bucket.encryption.remedy": "请关闭该 Bucket 的服务器端加密，或选择其他 Bucket。",
  "bucket.lifecycle.title": "生命周期规则",
  "bucket.lifecycle.pass": "30 天内没有生命周期规则作用于 {place}。",
  "bucket.lifecycle.warn":
    "生命周期规则会在 {days} 天后{effect, select, moves {转换} other {删除}} {place} 中的对象{effect, select, moves {的存储类型} other {}}。导入结束前文件必须保留。",
  "bucket.lifecycle.block": "生命周期规则会立即删除 {place} 中的对象。",
  "bucket.lifecycle.unknown": "该账号无权查看 Bucket 的生命周期规则（oss:GetBucketLifecycle）。",
  "bucket.lifecycle.remedy": "迁移结束前请对该前缀停用此规则，或换一个前缀。",
  "bucket.endpoint.title": "到 Bucket 的访问方式",
  "bucket.endpoint.pass": "OSS 在当前 Endpoint 上接受数据读写。",
  "bucket.endpoint.block":
    "OSS 拒绝该账号通过公网 Endpoint 读写数据（PublicEndpointForbidden）。{way, select, internal {从本机可以通过内网 Endpoint {host} 读写。} domain {从本机可以通过自定义域名 {host} 读写。} accelerate {从本机可以通过传输加速 Endpoint {host} 读写。} other {从本机没有其他可用方式：内网 Endpoint、{bucket} 的自定义域名和传输加速均不可用。}}",
  "bucket.endpoint.remedy":
    "{way, select, internal {请在云账号中将 OSS Endpoint 设为 https://{host}。} domain {请在云账号中将自定义域名设为 https://{host}。} accelerate {请在云账号中将 OSS Endpoint 设为 https://{host}；传输加速按流量收费。} other {请为 Bucket 绑定自定义域名（OSS 控制台“域名管理”）并填入云账号，或在 Bucket 同地域的阿里云上运行 Chainferry。}}",
  "bucket.write.title": "在 Bucket 中写入、读取、删除",
  "bucket.write.pass": "已在 {place} 写入、读回并删除测试对象。",
  "bucket.write.warn":
    "{cause, select, delete {无法删除 {place} 中的测试对象，之后的清理同样会失败。} other {该账号无权写入 {place}，需由他人将文件放入。}}",
  "bucket.write.block":
    "{cause, select, get {写入 {place} 的内容无法读回。} other {该账号无权写入 {place}。}}",
  "bucket.write.remedy":
    "请为 RAM 用户授予 {place}* 的 oss:PutObject、oss:GetObject、oss:DeleteObject 权限。",
  "instance.running.title": "实例状态",
  "instance.running.pass": "{instanceId} 状态为 {status}。",
  "instance.running.block": "{instanceId} 状态为 {status}，锁定：{lockMode}。",
  "instance.running.remedy": "请等待其变更结束，或在控制台解锁。",
  "instance.version.title": "实例版本",
  "instance.version.pass": "{engineVersion} 可接受 {sourceVersion} 的备份。",
  "instance.version.block": "{engineVersion} 低于源端版本（{sourceVersion}）：备份无法还原到更低的版本。",
  "instance.version.unknown": "无法比较源端 {sourceVersion} 与实例 {engineVersion} 的版本。",
  "instance.version.remedy": "请选择相同或更高版本的实例。",
  "instance.generation.title": "实例的导入方式",
  "instance.generation.pass": "{engineVersion} 可依次导入 Bucket 中的文件。",
  "instance.generation.warn":
    "SQL Server 2008 R2{disks, select, cloud {（云盘）} other {，RDS 未说明其磁盘类型}}：阿里云增量上云文档包括它，但 API 文档说明此类实例在一个全量备份之后即打开数据库（IsOnlineDB 须为 True），并要求签名地址。以哪一种为准，提交第一个文件时才能知道；{method, select, immediate {除签名地址外，“打开数据库”两种情况都适用。} other {若以 DatabaseMustOnline 拒绝，则只能使用“打开数据库”，全量备份之后不能再导入任何文件。}}",
  "instance.generation.block":
    "SQL Server 2008 R2 本地盘实例通过签名地址将一个全量备份导入已存在的数据库，随即打开，之后不接受任何文件。Chainferry 不采用这种导入方式。",
  "instance.generation.remedy":
    "请选择 SQL Server 2012 或更高版本的实例，它们可还原 2008 R2 的备份；或在控制台的“数据上云”中导入全量备份。",
  "instance.edition.title": "实例的版本类型",
  "instance.edition.pass": "{engineVersion} 为企业版，可打开任何数据库。",
  "instance.edition.block": "{engineVersion} 不支持该数据库使用的某项功能。",
  "instance.edition.unknown":
    "{engineVersion} 不是企业版。没有源服务器，无法判断数据库是否使用了它不支持的功能；RDS 要到最后一步才会报错。",
  "instance.edition.remedy":
    "请在源服务器的该数据库中查询 sys.dm_db_persisted_sku_features：没有返回行即可在任何版本类型中打开。",
  "instance.file_list.title": "导入任务的文件列表",
  "instance.file_list.pass": "{engineVersion} 可列出任务中的文件。",
  "instance.file_list.warn":
    "{engineVersion} 不支持列出任务中的文件：只能根据任务状态判断文件的处理结果；如导入请求的响应丢失，需由人工在控制台查看。",
  "instance.file_list.block": "{engineVersion} 不支持列出任务中的文件。",
  "instance.file_list.remedy": "无需处理；提交文件期间请有人值守。",
  "instance.space.title": "实例剩余空间",
  "instance.space.pass": "剩余 {freeBytes}，需要 {neededBytes}。",
  "instance.space.warn":
    "剩余 {freeBytes}，需要 {neededBytes}，{beside, plural, =0 {余量不足五分之一。} other {但另有 # 个迁移任务还将占用该实例 {besideBytes}，无法全部容纳。}}",
  "instance.space.block":
    "剩余 {freeBytes}，{from, select, backup_size {至少} other {}}需要 {neededBytes}：文件按源端大小还原，与备份大小无关。",
  "instance.space.unknown": "剩余 {freeBytes}。还原所需的空间尚不清楚。",
  "instance.space.remedy": "请在控制台扩容实例存储，或在源端收缩文件。",
  "instance.database_count.title": "实例上的数据库数量",
  "instance.database_count.pass": "已用 {used} / {limit}。",
  "instance.database_count.block": "数据库已用 {used} / {limit}，RDS 不再接受新的数据库。",
  "instance.database_count.unknown": "已用 {used}，RDS 未返回数量上限。",
  "instance.database_count.remedy": "请删除不需要的数据库，或选择更大的实例。",
  "instance.window.title": "实例的可维护时间与备份时间",
  "instance.window.pass": "下一个时间段（{time} UTC）在 {minutes} 分钟后开始。",
  "instance.window.warn":
    "{what, select, backup {实例备份} other {实例维护}}时间段为 {time} UTC，{minutes, plural, =0 {现在正处于其中} other {# 分钟后开始}}：其间导入可能等待或被拒绝。",
  "instance.window.block": "RDS 正在维护该实例。",
  "instance.window.unknown": "RDS 未返回实例的可维护时间和备份时间。",
  "instance.window.remedy": "请将割接安排在此时间段之外，或在控制台修改时间段。",
  "instance.name_free.title": "实例上的数据库名",
  "instance.name_free.pass": "实例上没有 {database}。",
  "instance.name_free.warn":
    "{cause, select, digit {{database} 以数字开头。导入支持哪些名称没有文档说明；RDS 自身的检查允许此名称。} letters {{database} 含有英文以外的文字。导入支持哪些名称没有文档说明；RDS 自身的检查允许此名称。} signs {{database} 含有空格、点或其他符号。导入支持哪些名称没有文档说明；RDS 自身的检查允许此名称。} other {RDS 自身不会创建名为 {database} 的数据库。导入通常可以成功，但账号授权等后续操作可能不支持。}}",
  "instance.name_free.block":
    "{cause, select, reserved {{database} 是 SQL Server 或 RDS 的保留名称。} other {实例上已有 {database}，RDS 会拒绝导入。}}",
  "instance.name_free.remedy": "请换一个名称；如果不再需要，也可在控制台删除该数据库。",
  "instance.leftover_files.title": "同名残留文件",
  "instance.leftover_files.pass": "没有。",
  "instance.leftover_files.warn": "{at} 导入 {database} 失败：其文件可能仍在实例上，还原时会与之冲突而失败。",
  "instance.leftover_files.block": "实例上存在 {database} 的文件。",
  "instance.leftover_files.unknown":
    "RDS 不提供已删除的 {database} 是否仍有文件残留的信息。如有残留，还原会失败，但不会丢失任何数据。",
  "instance.leftover_files.remedy": "如因此还原失败，请换一个名称导入，或提交工单请阿里云清理文件。",
  "import.file_size.title": "备份文件大小",
  "import.file_size.pass": "{fileBytes}，上限为 {limitBytes}。",
  "import.file_size.block": "{fileBytes}：RDS 在此实例上最多导入 {limitBytes} 的文件。",
  "import.file_size.unknown": "所选文件已不存在。",
  "import.file_size.remedy": "请使用压缩备份，或先将历史数据移出数据库。",
  "budget.imports.title": "今日导入次数",
  "budget.imports.pass": "{database} 已用 {used} / {limit}，实例至少已用 {instanceUsed} / {instanceLimit}。",
  "budget.imports.warn":
    "{database} 已用 {used} / {limit}，实例至少已用 {instanceUsed} / {instanceLimit}{kept, plural, =0 {} other {，另有 # 次保留给该实例的其他迁移任务}}，今日剩余不多。",
  "budget.imports.block":
    "{database} 已用 {used} / {limit}，实例至少已用 {instanceUsed} / {instanceLimit}，RDS 今日不再接受导入。",
  "budget.imports.remedy": "请明日启动，或使用差异备份：一个可替代多个日志备份。",
  "role.import.title": "RDS 访问 OSS 的授权",
  "role.import.pass": "您已授权 RDS 官方服务账号可以访问您 OSS 的权限。",
  "role.import.warn":
    "角色 AliyunRDSImportRole 及其策略均存在，但信任的服务不是 rds.aliyuncs.com，导入可能被拒绝。",
  "role.import.block": "缺少角色 AliyunRDSImportRole 或其策略。",
  "role.import.unknown": "该 RAM 用户无权查看此角色（ram:GetRole、ram:ListPoliciesForRole）。",
  "role.import.remedy": "请使用主账号打开 RDS 控制台的授权地址并同意授权。",
  "role.rights.title": "RAM 用户的权限",
  "role.rights.pass": "已尝试 {allowed} 个接口，均有权限。以下接口一经调用即会执行，未尝试：{untold}。",
  "role.rights.block": "缺少权限：{denied}。",
  "role.rights.unknown": "{allowed} 个接口有权限。无法判断：{untold}。",
  "role.rights.remedy": "请为该 RAM 用户添加包含这些操作的权限策略，“连接”页面提供可复制的策略。",
};
