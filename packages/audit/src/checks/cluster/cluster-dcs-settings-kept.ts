import { defineClusterCheck, fail, notApplicable, pass, undecided, warn, type Evidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { isJsonObject } from '../../redact-document.ts';
import { seenMembers, unseenMembers } from '../members.ts';
import { agreedConfig, jqText } from '../patroni-config.ts';
import { isSameSetting } from '../same-setting.ts';
import { settingEvidence } from '../setting-evidence.ts';
import { hidesSettings, isOwnValue } from '../setting-verdict.ts';
import { isSecurityParameter } from '../weakened-setting.ts';

export const clusterDcsSettingsKept = defineClusterCheck({
  id: 'cluster-dcs-settings-kept',
  catalogue: ['HA-017'],
  title: { en: 'Every member runs by the configuration in the store', zh: '各成员运行参数与 DCS 配置一致' },
  severity: 'medium',
  rationale: {
    en: 'A value set on one member, in patroni.yml or by ALTER SYSTEM, beats the store and is not what was reviewed; after a failover the cluster behaves differently.',
    zh: '在单个成员上通过 patroni.yml 或 ALTER SYSTEM 设置的值优先于 DCS，未经评审；切换后集群行为随之改变。',
  },
  remediation: {
    en: 'Remove the local value (patroni.yml, ALTER SYSTEM RESET) or move it into the store, then reload.',
    zh: '移除本地设置（patroni.yml、ALTER SYSTEM RESET）或将其移入 DCS，然后重新加载。',
  },
  fix: ['ALTER SYSTEM RESET {setting}', 'patronictl edit-config {cluster}', 'patronictl reload {cluster}'],
  members: 'partial',
  needs: ['patroni.config', 'pg.settings'],
  params: {},
  evaluate({ 'patroni.config': configs, 'pg.settings': settings }) {
    const found = agreedConfig(configs);
    if (!found.ok) return found.verdict;
    const { config, subject } = found.agreed;
    const section = config['postgresql'];
    const parameters = isJsonObject(section) ? section['parameters'] : undefined;
    const wanted = isJsonObject(parameters) ? Object.entries(parameters) : [];
    const inStore = (name: string): Evidence => ({
      fact: 'patroni.config',
      subject,
      at: `parameter ${name}`,
      actual: jqText(isJsonObject(parameters) ? parameters[name] : undefined),
      expected: { en: 'what every member runs with', zh: '与各成员运行值一致' },
      shell: `{curl} {url}/config | jq -cS '.postgresql.parameters["${name}"]'`,
    });
    if (wanted.length === 0) {
      return notApplicable({
        en: 'the store holds no parameters of PostgreSQL',
        zh: 'DCS 中没有 PostgreSQL 参数，本项不适用',
      });
    }
    // What waits for a restart is judged by patroni-no-pending-restart; own values are the auditor's session's.
    const differing = seenMembers(settings).flatMap(({ member, value }) =>
      wanted.flatMap(([name, text]) => {
        const running = findSetting(value, name);
        if (running === undefined || running.pendingRestart || isOwnValue(running) || running.value === '***')
          return [];
        return isSameSetting(text, running) ? [] : [{ member, name, running, all: value }];
      }),
    );
    const names = [...new Set(differing.map(({ name }) => name))];
    if (differing.length > 0) {
      const evidence = [
        ...names.slice(0, 10).map(inStore),
        ...differing.slice(0, 20).map(({ member, name, all }) => ({
          ...settingEvidence(all, name, { en: 'the value in the store', zh: '与 DCS 一致' }),
          subject: member,
        })),
      ];
      const list = differing
        .slice(0, 5)
        .map(({ member, name, running }) => `${name} on ${member} (${running.value})`)
        .join(', ');
      const reason = {
        en: `not as in the store: ${list}`,
        zh: `经核查，与 DCS 配置不一致：${differing
          .slice(0, 5)
          .map(({ member, name, running }) => `${member} 的 ${name}（${running.value}）`)
          .join('、')}`,
      };
      return names.some(isSecurityParameter) ? fail(reason, ...evidence) : warn(reason, ...evidence);
    }
    const hidden = seenMembers(settings).flatMap(({ member, value }) => (hidesSettings(value) ? [member] : []));
    const unseen = [...unseenMembers(settings), ...hidden];
    const unknown = wanted.filter(([name]) =>
      seenMembers(settings).every(({ value }) => findSetting(value, name) === undefined),
    );
    const left = unknown.length === 0 ? '' : `; unknown to the servers: ${unknown.map(([name]) => name).join(', ')}`;
    const evidence = wanted.slice(0, 1).map(([name]) => inStore(name));
    if (unseen.length > 0) {
      return undecided(
        {
          en: `the settings of ${unseen.join(', ')} are out of sight`,
          zh: `无法读取 ${unseen.join('、')} 的参数，无法判定`,
        },
        ...evidence,
      );
    }
    return pass(
      {
        en: `${wanted.length - unknown.length} parameters of the store run on ${seenMembers(settings).length} members as they are written${left}`,
        zh: `经核查，DCS 中的 ${wanted.length - unknown.length} 个参数在 ${seenMembers(settings).length} 个成员上均一致${unknown.length === 0 ? '' : `（服务器不识别：${unknown.map(([name]) => name).join('、')}）`}，符合要求`,
      },
      ...evidence,
    );
  },
});

type Settings = FactMap['pg.settings'];

/** A setting by the name somebody wrote, `timezone`; those that show each session's own socket are left out. */
function findSetting(settings: Settings, written: string): Settings[string] | undefined {
  const name = written.toLowerCase();
  if (/^tcp_(keepalives_|user_timeout)/u.test(name)) return undefined;
  return settings[written] ?? Object.entries(settings).find(([known]) => known.toLowerCase() === name)?.[1];
}
