import { undecided, type Evidence, type Verdict } from '../check.ts';
import type { FactMap } from '../facts.ts';
import type { Observation } from '../probe.ts';
import type { Json } from '../redact-document.ts';
import type { Text } from '../text.ts';
import { seenMembers } from './members.ts';

type Config = FactMap['patroni.config'];

/** What a cluster runs by; Patroni's own defaults where the DCS says nothing. Times in seconds. */
export interface PatroniSettings {
  readonly ttl: number;
  readonly loopWait: number;
  readonly retryTimeout: number;
  readonly primaryStartTimeout: number;
  /** 0: no bound. */
  readonly primaryStopTimeout: number;
  readonly maximumLagBytes: number;
  readonly synchronousMode: 'off' | 'on' | 'quorum';
  readonly isSynchronousStrict: boolean;
  readonly isFailsafe: boolean;
  readonly isPaused: boolean;
  readonly isStandbyCluster: boolean;
}

/** Reads the dynamic configuration; `master_…` are the names before 3.0. Source: Patroni docs, dynamic configuration. */
export function patroniSettings(config: Config): PatroniSettings {
  const number = (names: readonly string[], fallback: number): number => {
    for (const name of names) {
      const value = config[name];
      const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      if (typeof parsed === 'number' && Number.isFinite(parsed)) return parsed;
    }
    return fallback;
  };
  const mode = config['synchronous_mode'];
  const standby = config['standby_cluster'];
  return {
    ttl: number(['ttl'], 30),
    loopWait: number(['loop_wait'], 10),
    retryTimeout: number(['retry_timeout'], 10),
    primaryStartTimeout: number(['primary_start_timeout', 'master_start_timeout'], 300),
    primaryStopTimeout: number(['primary_stop_timeout', 'master_stop_timeout'], 0),
    maximumLagBytes: number(['maximum_lag_on_failover'], 1_048_576),
    synchronousMode: mode === 'quorum' ? 'quorum' : isOn(mode) ? 'on' : 'off',
    isSynchronousStrict: isOn(config['synchronous_mode_strict']),
    isFailsafe: isOn(config['failsafe_mode']),
    isPaused: isOn(config['pause']),
    isStandbyCluster: typeof standby === 'object' && standby !== null && Object.keys(standby).length > 0,
  };
}

const isOn = (value: Json | undefined): boolean =>
  value === true || (typeof value === 'string' && ['on', 'true', 'yes', '1'].includes(value.toLowerCase()));

/** One member's answer, which speaks for the cluster: all members read the same key of the DCS. */
export interface AgreedConfig {
  readonly subject: string;
  readonly config: Config;
  readonly settings: PatroniSettings;
}

/** The configuration that everybody who answered has; undecided while they answer differently. */
export function agreedConfig(
  facts: ReadonlyMap<string, Observation<Config>>,
): { readonly ok: true; readonly agreed: AgreedConfig } | { readonly ok: false; readonly verdict: Verdict } {
  const seen = seenMembers(facts);
  const [first] = seen;
  const other = seen.find(({ value }) => JSON.stringify(value) !== JSON.stringify(first?.value));
  if (first === undefined || other !== undefined) {
    return {
      ok: false,
      verdict: undecided({
        en: `${first?.member ?? '-'} and ${other?.member ?? '-'} answer different configurations; it was being changed, or one of them lost the DCS`,
        zh: `${first?.member ?? '-'} 与 ${other?.member ?? '-'} 返回的动态配置不一致（配置正在变更或与 DCS 失联），无法判定`,
      }),
    };
  }
  return {
    ok: true,
    agreed: { subject: first.member, config: first.value, settings: patroniSettings(first.value) },
  };
}

/** Evidence for one key of `GET /config`, as jq prints it. */
export function configEvidence(
  { subject, config }: Pick<AgreedConfig, 'subject' | 'config'>,
  key: string,
  expected: Text,
): Evidence {
  return {
    fact: 'patroni.config',
    subject,
    at: key,
    actual: jqText(config[key]),
    expected,
    shell: `{curl} {url}/config | jq -cS '.${key}'`,
  };
}

/** A JSON value as `jq -cS` prints it: facts keep their keys sorted. */
export const jqText = (value: Json | undefined): string => JSON.stringify(value ?? null);
