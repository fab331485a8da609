import type { DemoClusterStep } from '../cluster/start-demo-cluster.ts';

/** Languages of the quickstart. */
export type Language = 'en' | 'zh';

/** Everything the quickstart says, in both languages. */
export interface QuickstartTexts {
  readonly cluster: string;
  readonly clusterSteps: Readonly<Record<DemoClusterStep, string>>;
  readonly exporters: string;
  readonly samples: string;
  readonly service: string;
  readonly audit: string;
  readonly stopping: string;
  portBusy(what: string, wanted: number, got: number): string;
  childEnded(name: string, how: string, logFile: string): string;
  serverEnded(name: string, logFile: string): string;
  readonly whereToLook: string;
  readonly metrics: string;
  readonly auditService: string;
  readonly report: string;
  readonly evidence: string;
  readonly auditAgain: string;
  readonly sql: string;
  readonly logs: string;
  untilCtrlC(keep: boolean): string;
  kept(dir: string): string;
  readonly removed: string;
  /** A lab that `--keep` leaves running. */
  labKept(command: string): string;
  labEnded(command: string): string;
  readonly forwarding: string;
}

/** The texts by language. */
export const quickstartTexts: Readonly<Record<Language, QuickstartTexts>> = {
  en: {
    cluster: 'PostgreSQL cluster',
    clusterSteps: {
      prepare: 'preparing the programs',
      create: 'creating',
      start: 'starting',
      replicate: 'waiting for replication',
    },
    exporters: 'metrics exporters',
    samples: 'samples',
    service: 'audit service',
    audit: 'first audit',
    stopping: 'stopping everything',
    portBusy: (what, wanted, got) => `port ${wanted} is busy: ${what} listens on ${got}`,
    childEnded: (name, how, logFile) => `${name} ended (${how}); its log is ${logFile}:`,
    serverEnded: (name, logFile) => `PostgreSQL ${name} ended; its log is ${logFile}`,
    whereToLook: 'Where to look',
    metrics: 'metrics of',
    auditService: 'audit service',
    report: 'report',
    evidence: 'evidence',
    auditAgain: 'audit again',
    sql: 'SQL',
    logs: 'logs',
    untilCtrlC: (keep) =>
      `Running until Ctrl-C, which stops everything and ${keep ? 'keeps' : 'removes'} the database; reports stay.`,
    kept: (dir) => `everything is stopped; the data was kept in ${dir}`,
    removed: 'everything is stopped and the database is removed',
    labKept: (command) => `the lab goes on; end it with: ${command}`,
    labEnded: (command) => `the lab has ended by itself; what is left of it goes with: ${command}`,
    forwarding: 'ports of this machine',
  },
  zh: {
    cluster: 'PostgreSQL 集群',
    clusterSteps: { prepare: '准备程序', create: '创建', start: '启动', replicate: '等待复制' },
    exporters: '指标导出器',
    samples: '个样本',
    service: '审计服务',
    audit: '首次审计',
    stopping: '正在停止所有进程',
    portBusy: (what, wanted, got) => `端口 ${wanted} 已被占用，${what} 改用 ${got}`,
    childEnded: (name, how, logFile) => `${name} 已退出（${how}），日志见 ${logFile}：`,
    serverEnded: (name, logFile) => `PostgreSQL ${name} 已停止，日志见 ${logFile}`,
    whereToLook: '查看位置',
    metrics: '指标',
    auditService: '审计服务',
    report: '报告',
    evidence: '证据',
    auditAgain: '再次审计',
    sql: 'SQL',
    logs: '日志',
    untilCtrlC: (keep) => `持续运行，按 Ctrl-C 停止所有进程并${keep ? '保留' : '删除'}数据库；报告会保留。`,
    kept: (dir) => `所有进程已停止，数据保留在 ${dir}`,
    removed: '所有进程已停止，数据库已删除',
    labKept: (command) => `实验环境继续运行，结束命令：${command}`,
    labEnded: (command) => `实验环境已自行结束，清理命令：${command}`,
    forwarding: '本机端口',
  },
};
