import type { ProbeId } from "@/lib/diagnosis/probe-ids";
import { checkFolderMapping } from "./check-folder-mapping";
import type { Probe } from "./probe";
import type { ProbeWorld } from "./probe-world";

/** How backups reach OSS: the folder that two systems see, and the bucket as RDS will read it. */
export function backupProbes(world: ProbeWorld): Probe<ProbeId>[] {
  return [...folderProbes(world), ...bucketProbes(world)];
}

function folderProbes(world: ProbeWorld): Probe<ProbeId>[] {
  const { draft } = world;
  const sharesFolder = draft.backupBy === "app" || draft.transport === "shared_folder";
  if (!sharesFolder || draft.localFolder.trim() === "") return [];
  const sourceFolder = draft.backupBy === "app" ? draft.sourceFolder.trim() : "";
  return [
    {
      id: "folder.mapping",
      asked:
        sourceFolder === ""
          ? `read ${draft.localFolder}`
          : `write a file in ${draft.localFolder}, RESTORE HEADERONLY of it in ${sourceFolder}`,
      params: { sourceFolder, localFolder: draft.localFolder },
      look: () => checkFolderMapping(world),
    },
  ];
}

function bucketProbes(world: ProbeWorld): Probe<ProbeId>[] {
  const { draft } = world;
  const bucket = draft.bucket;
  if (draft.cloudConnectionId === null || bucket === null) return [];
  const asked = `GetBucketInfo ${bucket}`;
  const params = { bucket };
  return [
    {
      id: "bucket.reachable",
      asked,
      params,
      whenUnreachable: "block",
      look: async () => {
        const info = await world.bucket();
        return { verdict: "pass", params: {}, answer: `${info.extranetEndpoint}, acl ${info.acl}` };
      },
    },
    {
      id: "bucket.region",
      asked,
      params,
      look: async () => {
        const info = await world.bucket();
        const region = await targetRegion(world);
        return {
          verdict: region === info.regionId ? "pass" : "block",
          params: { bucketRegion: info.regionId, region },
          answer: info.regionId,
        };
      },
    },
    {
      id: "bucket.storage_class",
      asked,
      params,
      look: async () => {
        const { storageClass } = await world.bucket();
        return {
          verdict: storageClass === "Standard" ? "pass" : "block",
          params: { storageClass },
          answer: storageClass,
        };
      },
    },
    {
      id: "bucket.encryption",
      asked,
      params,
      look: async () => {
        const { encryption } = await world.bucket();
        return {
          verdict: encryption === "None" ? "pass" : "block",
          params: { encryption },
          answer: encryption,
        };
      },
    },
  ];
}

/** The chosen instance's region, or the account's while none is chosen. */
async function targetRegion(world: ProbeWorld): Promise<string> {
  if (world.draft.instanceId !== null) return (await world.instance()).regionId;
  return world.accountRegion();
}
