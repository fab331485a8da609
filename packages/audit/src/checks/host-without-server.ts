import { notApplicable, type InstanceContext, type Verdict } from '../check.ts';

/** Whether the cluster has its database servers on other hosts than this one: etcd or HAProxy may be all there is. */
export const isWithoutServer = ({ elsewhere = [] }: InstanceContext): boolean => elsewhere.includes('instance');

/** What is only asked of the host of a database server does not apply to this one. */
export const noServerHere = ({ subject }: InstanceContext): Verdict =>
  notApplicable({
    en: `there is no database server on the host of ${subject}`,
    zh: `${subject} 所在主机没有数据库服务，本项不适用`,
  });
