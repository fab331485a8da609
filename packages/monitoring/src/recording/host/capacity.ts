import { gauge, nodeCapacityMetrics, nodeMetrics, not, promql, select } from '@pgattest/catalog';
import { defineRecording } from '../../model.ts';
import { levelLabels } from '../level.ts';
import { ofHost } from './processors.ts';

const known = { ip: not('') } as const;
/** File systems that are no disk. */
const disks = { ...known, fstype: not(/tmpfs|ramfs|overlay|squashfs|iso9660|devtmpfs|fuse.*/) } as const;

/** Memory of the host of an instance. */
export const hostMemory = defineRecording('pg:ins:mem_size', {
  ...gauge('bytes', 'Memory of the host'),
  labels: levelLabels.ins,
  expr: ofHost(promql`max by (ip) (${select(nodeCapacityMetrics.nodeMemoryTotalBytes, known)})`),
});

/** Disk space of the host: a device that is mounted in several places counts once. */
export const hostDiskSize = defineRecording('pg:ins:fs_size', {
  ...gauge('bytes', 'Size of the file systems of the host'),
  labels: levelLabels.ins,
  expr: ofHost(promql`sum by (ip) (max by (ip, device) (${select(nodeMetrics.nodeFilesystemSizeBytes, disks)}))`),
});

/** How full the fullest file system is. */
export const hostDiskUsage = defineRecording('pg:ins:space_usage', {
  ...gauge('ratio', 'Share of the fullest file system of the host that is taken'),
  labels: levelLabels.ins,
  expr: ofHost(
    promql`max by (ip) (1 - ${select(nodeMetrics.nodeFilesystemAvailBytes, disks)} / (${select(nodeMetrics.nodeFilesystemSizeBytes, disks)} > 0))`,
  ),
});

export const capacityRecordings = [hostMemory, hostDiskSize, hostDiskUsage];
