/** Pages of Alibaba Cloud's console where a finding is mended. */
export function instanceLink(instanceId: string, regionId: string): string {
  return `https://rdsnext.console.aliyun.com/detail/${encodeURIComponent(instanceId)}/basicInfo?region=${encodeURIComponent(regionId)}`;
}

export function bucketLink(bucket: string, regionId: string): string {
  return `https://oss.console.aliyun.com/bucket/oss-${encodeURIComponent(regionId)}/${encodeURIComponent(bucket)}/overview`;
}

export const ROLE_LINK = "https://ram.console.aliyun.com/roles/AliyunRDSImportRole";
export const USERS_LINK = "https://ram.console.aliyun.com/users";
