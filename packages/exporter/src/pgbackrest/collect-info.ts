import {
  classOfRepositoryError,
  parseBackrestInfo,
  type BackrestFailure,
  type BackrestResult,
  type BackrestRunner,
  type StanzaInfo,
} from '@pgattest/connect';
import { invalidStanza, mergeStanza, type KnownStanza } from './known-stanza.ts';

/** What to ask `info` for. */
export interface InfoPlan {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly backupType: string | undefined;
  /** Stanzas that should exist: asked for one by one when the answer for all lacks them. */
  readonly expected: readonly string[];
  readonly timeoutMs: number;
}

/** The state after one collection. */
export interface InfoState {
  readonly stanzas: ReadonlyMap<string, KnownStanza>;
  /** Label of pgbackrest_exporter_status and whether its run could be read. */
  readonly statuses: readonly { readonly stanza: string; readonly isOk: boolean }[];
  /** The first failure of the collection. */
  readonly failure: BackrestFailure | undefined;
  /** Warnings of pgBackRest, one line; empty without any. */
  readonly warnings: string;
}

/** Before the first collection. */
export const noInfo: InfoState = { stanzas: new Map(), statuses: [], failure: undefined, warnings: '' };

/** A configuration with more stanzas than this is asked for those that exist only. */
const maxExtraCalls = 50;

/** Asks `info` and joins the answer with what was known: what could not be asked stays as it was. */
export async function collectInfo(
  runner: BackrestRunner,
  plan: InfoPlan,
  before: InfoState,
  signal: AbortSignal,
): Promise<InfoState> {
  const collection = new Collection(runner, plan, before, signal);
  return plan.include.length > 0 ? collection.included() : collection.all();
}

class Collection {
  readonly #runner: BackrestRunner;
  readonly #plan: InfoPlan;
  readonly #before: InfoState;
  readonly #signal: AbortSignal;
  #failure: BackrestFailure | undefined;
  #warnings = '';

  constructor(runner: BackrestRunner, plan: InfoPlan, before: InfoState, signal: AbortSignal) {
    this.#runner = runner;
    this.#plan = plan;
    this.#before = before;
    this.#signal = signal;
  }

  /** One call for each included stanza, in the order given. */
  async included(): Promise<InfoState> {
    const { include, exclude } = this.#plan;
    const stanzas = new Map<string, KnownStanza>();
    const statuses: InfoState['statuses'][number][] = [];
    for (const stanza of include) {
      if (exclude.includes(stanza)) {
        const message = `stanza ${stanza} is both included and excluded; take it out of one of the two`;
        this.#fail({ class: 'config', message });
        statuses.push({ stanza, isOk: false });
        continue;
      }
      const answer = await this.#ask(['--stanza', stanza]);
      statuses.push({ stanza, isOk: answer.ok });
      if (answer.ok) this.#put(stanzas, answer.value);
      else this.#keep(stanzas, stanza);
    }
    return this.#state(stanzas, statuses);
  }

  /** One call for all, and further ones for stanzas it says too little about. */
  async all(): Promise<InfoState> {
    const { exclude, expected } = this.#plan;
    const status = exclude.length > 0 ? 'all-stanzas-except-excluded' : 'all-stanzas';
    const answer = await this.#ask([]);
    if (!answer.ok) return this.#state(this.#before.stanzas, [{ stanza: status, isOk: false }]);
    const stanzas = new Map<string, KnownStanza>();
    this.#put(
      stanzas,
      answer.value.filter(({ name }) => !exclude.includes(name)),
    );
    const lacking = expected.filter((name) => !stanzas.has(name) && !exclude.includes(name));
    // Without a stanza the pass of [global] is used, which need not be that of the stanza.
    const locked = [...stanzas.values()].filter(({ info }) => isLocked(info)).map(({ info }) => info.name);
    for (const name of [...lacking, ...locked].slice(0, maxExtraCalls)) {
      const one = await this.#ask(['--stanza', name]);
      if (one.ok) this.#put(stanzas, one.value);
      else this.#keep(stanzas, name);
    }
    return this.#state(stanzas, [{ stanza: status, isOk: true }]);
  }

  async #ask(scope: readonly string[]): Promise<BackrestResult<readonly StanzaInfo[]>> {
    const { backupType, timeoutMs } = this.#plan;
    const type = backupType === undefined ? [] : ['--type', backupType];
    const args = ['info', '--output=json', ...scope, ...type];
    const output = await this.#runner.run({ args, timeoutMs, signal: this.#signal });
    const parsed = output.ok ? parseBackrestInfo(output.value.stdout) : output;
    if (!parsed.ok) {
      this.#fail(parsed.failure);
      return parsed;
    }
    if (output.ok && output.value.warnings !== '') this.#warnings = output.value.warnings;
    if (parsed.value.preamble !== '') this.#warnings = parsed.value.preamble;
    return { ok: true, value: parsed.value.stanzas };
  }

  #put(stanzas: Map<string, KnownStanza>, infos: readonly StanzaInfo[]): void {
    const nowSeconds = Date.now() / 1000;
    for (const info of infos) {
      stanzas.set(info.name, mergeStanza(this.#before.stanzas.get(info.name), info, nowSeconds));
    }
  }

  #keep(stanzas: Map<string, KnownStanza>, name: string): void {
    const known = this.#before.stanzas.get(name);
    if (known !== undefined && !stanzas.has(name)) stanzas.set(name, known);
  }

  #fail(failure: BackrestFailure): void {
    this.#failure ??= failure;
  }

  #state(stanzas: ReadonlyMap<string, KnownStanza>, statuses: InfoState['statuses']): InfoState {
    return { stanzas, statuses, failure: this.#failure, warnings: this.#warnings };
  }
}

function isLocked({ name, repositories }: StanzaInfo): boolean {
  if (name === invalidStanza) return false;
  return repositories.some(
    ({ code, message, cipher }) => code === 99 && classOfRepositoryError(message, cipher) === 'cipher',
  );
}
