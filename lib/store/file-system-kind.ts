import { statfs } from "node:fs/promises";

/**
 * Magic numbers (statfs(2) of Linux) of file systems that one kernel alone has mounted. All others, networks, FUSE and what
 * hypervisors hand in, may be open on another machine.
 */
const OF_ONE_KERNEL: ReadonlySet<number> = new Set([
  0xef53, // ext2, ext3, ext4
  0x5846_5342, // xfs
  0x9123_683e, // btrfs
  0x0102_1994, // tmpfs
  0x794c_7630, // overlayfs
  0x2fc1_2fc1, // zfs
  0xf2f5_2010, // f2fs
]);

/** Whether another machine may have files of `folder` open. True also where it can't be told. */
export async function mayBeShared(folder: string): Promise<boolean> {
  if (process.platform !== "linux") return true;
  const answer = await statfs(folder).catch(() => null);
  // The number is signed on some systems.
  return answer === null || !OF_ONE_KERNEL.has(answer.type >>> 0);
}
