import {
  readBackrestConfig,
  settingsOf,
  stanzasOf,
  type BackrestFailure,
  type ConfigPlace,
  type StanzaSettings,
} from '@pgattest/connect';
import { collectLocal } from './collect-local.ts';
import { readDrills } from './drill-certificates.ts';
import type { BackrestSourceOptions } from './options.ts';
import { loadSchedule, type Schedule } from './schedule-file.ts';
import type { BackrestState } from './state.ts';
import type { TaskBook } from './task-book.ts';

type FileState = Pick<BackrestState, 'config' | 'settings' | 'local' | 'schedule' | 'drills'>;

/** Tasks that read files and start nothing. */
export interface FileTasks {
  readonly state: () => FileState;
  /** Reads everything again; what cannot be read stays as it was, but for the configuration and what rests on it. */
  readAll(book: TaskBook): Promise<void>;
  /** Throws for a schedule that cannot be used, and changes nothing. */
  checkAll(): Promise<void>;
}

/** Reads the schedule once, as the exporter does not start with one it cannot use. Errors: file_unreadable, config_invalid. */
export async function createFileTasks(options: BackrestSourceOptions): Promise<FileTasks> {
  const { scheduleFile, drillFolder, stanzaInclude = [], stanzaExclude = [] } = options;
  const isWanted = (name: string): boolean =>
    !stanzaExclude.includes(name) && (stanzaInclude.length === 0 || stanzaInclude.includes(name));
  const loadOrNone = async (): Promise<Schedule | undefined> =>
    scheduleFile === undefined ? undefined : loadSchedule(scheduleFile);
  let state: FileState = {
    config: undefined,
    settings: [],
    local: [],
    schedule: await loadOrNone(),
    drills: [],
  };

  const readConfig = async (): Promise<BackrestFailure | undefined> => {
    const read = await readBackrestConfig(placeOf(options));
    if (!read.ok) {
      state = { ...state, config: undefined, settings: [] };
      return read.failure;
    }
    const names = stanzasOf(read.value).filter(isWanted);
    const settings: readonly StanzaSettings[] = names.map((name) => settingsOf(read.value, name, options.env));
    const isSame = JSON.stringify(settings) === JSON.stringify(state.settings);
    state = { ...state, config: read.value, settings: isSame ? state.settings : settings };
    return undefined;
  };
  const readLocal = async (): Promise<BackrestFailure | undefined> => {
    const { stanzas, failure } = await collectLocal(state.settings);
    state = { ...state, local: stanzas };
    return failure;
  };
  const readSchedule = async (): Promise<BackrestFailure | undefined> => {
    try {
      state = { ...state, schedule: await loadOrNone() };
      return undefined;
    } catch (error) {
      return { class: 'config', message: error instanceof Error ? error.message : String(error) };
    }
  };
  const readCertificates = async (folder: string): Promise<BackrestFailure | undefined> => {
    const { standings, failure } = await readDrills(folder);
    if (standings.length > 0 || failure === undefined) state = { ...state, drills: standings };
    return failure;
  };

  return {
    state: () => state,
    async readAll(book) {
      await book.record('config').note(readConfig);
      await book.record('local').note(readLocal);
      if (scheduleFile !== undefined) await book.record('schedule').note(readSchedule);
      if (drillFolder !== undefined) await book.record('drill').note(() => readCertificates(drillFolder));
    },
    async checkAll() {
      await loadOrNone();
    },
  };
}

/** Where pgBackRest itself looks: what it is told, then its own variables. */
function placeOf({ config, configIncludePath, env }: BackrestSourceOptions): ConfigPlace {
  const file = config ?? env['PGBACKREST_CONFIG'];
  const folder = configIncludePath ?? env['PGBACKREST_CONFIG_INCLUDE_PATH'];
  return {
    ...(file === undefined ? {} : { config: file }),
    ...(folder === undefined ? {} : { configIncludePath: folder }),
  };
}
