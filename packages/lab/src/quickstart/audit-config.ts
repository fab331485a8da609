/** What the generated configuration of the auditor says. */
export interface DemoAuditConfig {
  readonly cluster: string;
  readonly instances: readonly { readonly name: string; readonly dsn: string }[];
  /** Components that the cluster does not have. */
  readonly absent: readonly string[];
  readonly evidenceDir: string;
  readonly reportDir: string;
  readonly language: 'en' | 'zh';
  readonly port: number;
}

/** Configuration of the auditor for the demo cluster, as YAML; strings are quoted as JSON, which YAML reads alike. */
export function renderAuditConfig(config: DemoAuditConfig): string {
  const instances = config.instances.flatMap(({ name, dsn }) => [
    `      - name: ${quoted(name)}`,
    `        dsn: ${quoted(dsn)}`,
  ]);
  return [
    'clusters:',
    `  - name: ${quoted(config.cluster)}`,
    '    members:',
    ...instances,
    ...(config.absent.length === 0 ? [] : [`    absent: [${config.absent.join(', ')}]`]),
    `evidence_dir: ${quoted(config.evidenceDir)}`,
    `report_dir: ${quoted(config.reportDir)}`,
    `language: ${config.language}`,
    `listen: ${quoted(`127.0.0.1:${config.port}`)}`,
    'interval: 5m',
    '',
  ].join('\n');
}

function quoted(value: string): string {
  return JSON.stringify(value);
}
