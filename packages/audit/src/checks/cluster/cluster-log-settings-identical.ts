import { defineClusterCheck } from '../../check.ts';
import { compareSettings } from '../member-settings.ts';
import { seenMembers } from '../members.ts';

export const clusterLogSettingsIdentical = defineClusterCheck({
  id: 'cluster-log-settings-identical',
  catalogue: ['LOG-023'],
  title: { en: 'All members log alike', zh: '各成员审计日志配置一致' },
  severity: 'medium',
  rationale: {
    en: 'An audit setting that only today’s primary has is gone after the next failover.',
    zh: '仅在当前主库生效的审计配置，在故障切换后即失效。',
  },
  remediation: {
    en: 'Keep logging and audit settings in one place for all members, such as the Patroni dynamic configuration, and reload.',
    zh: '将日志与审计参数统一管理（如 Patroni 动态配置），并在各成员重新加载配置。',
  },
  fix: ['patronictl edit-config {cluster}', 'SELECT pg_reload_conf()'],
  needs: ['pg.settings'],
  members: 'complete',
  params: {
    names: ['client_min_messages', 'event_source', 'logging_collector', 'shared_preload_libraries'],
    prefixes: ['log_', 'syslog_', 'debug_print_', 'debug_pretty_', 'pgaudit.'],
    /** Node-local by nature. */
    except: [] as readonly string[],
  },
  evaluate: ({ 'pg.settings': settings }, group) => compareSettings(seenMembers(settings), group),
});
