import { ConnectError } from '../errors.ts';

/** One line of HAProxy's statistics. A column this version does not have, or left empty, is null. */
export interface HaproxyStatsRow {
  /** Name of the frontend, backend or listen section. */
  readonly proxy: string;
  /** FRONTEND, BACKEND, or the name of a server or listener. */
  readonly name: string;
  readonly kind: 'frontend' | 'backend' | 'server' | 'listener';
  /** `OPEN`, `UP`, `UP 1/3`, `DOWN`, `NOLB`, `MAINT (via …)`, `no check`. */
  readonly status: string;
  readonly weight: number | null;
  /** Active and backup servers; of a server, whether it is one. */
  readonly active: number | null;
  readonly backup: number | null;
  readonly currentSessions: number | null;
  readonly mostSessions: number | null;
  readonly sessionLimit: number | null;
  readonly totalSessions: number | null;
  readonly currentQueue: number | null;
  /** `L7OK`, `L7STS`, `L4CON`, `L7RSP`; null without a health check. */
  readonly checkStatus: string | null;
  /** Status of the HTTP answer to the health check. */
  readonly checkCode: number | null;
  /** Changes from up to down since the start. */
  readonly downTransitions: number | null;
  readonly lastChangeSeconds: number | null;
  readonly downSeconds: number | null;
}

const kinds = ['frontend', 'backend', 'server', 'listener'] as const;

/**
 * Reads what `;csv` and `show stat` answer, by the names of their columns, of any version from 1.8 to 3.x.
 * Errors: invalid_data, for anything that is no statistics, such as a login page.
 */
export function parseHaproxyStats(text: string): readonly HaproxyStatsRow[] {
  const [head, ...rows] = csvRecords(text);
  const columns = head?.map((name) => name.replace(/^# /u, ''));
  if (columns?.[0] !== 'pxname' || columns[1] !== 'svname') {
    const shown = JSON.stringify(text.slice(0, 40));
    throw new ConnectError('invalid_data', `${shown}… is no statistics of HAProxy, which begin with "# pxname,svname"`);
  }
  return rows.map((cells, index) => {
    const cell = (name: string): string | null => {
      const value = cells[columns.indexOf(name)];
      return value === undefined || value === '' ? null : value;
    };
    const number = (name: string): number | null => {
      const value = cell(name);
      return value !== null && /^-?\d+$/u.test(value) ? Number(value) : null;
    };
    const kind = kinds[number('type') ?? -1];
    const [proxy, name, status] = [cell('pxname'), cell('svname'), cell('status')];
    if (proxy === null || name === null || kind === undefined || status === null) {
      throw new ConnectError(
        'invalid_data',
        `line ${index + 2} of HAProxy's statistics lacks its name, type or status`,
      );
    }
    return {
      proxy,
      name,
      kind,
      status,
      weight: number('weight'),
      active: number('act'),
      backup: number('bck'),
      currentSessions: number('scur'),
      mostSessions: number('smax'),
      sessionLimit: number('slim'),
      totalSessions: number('stot'),
      currentQueue: number('qcur'),
      checkStatus: cell('check_status')?.replace(/^\* /u, '') ?? null,
      checkCode: number('check_code'),
      downTransitions: number('chkdown'),
      lastChangeSeconds: number('lastchg'),
      downSeconds: number('downtime'),
    };
  });
}

/** Whether a server gets new connections: `UP`, `UP 1/3` on its way down, or never checked. */
export const isServerUp = ({ status }: Pick<HaproxyStatsRow, 'status'>): boolean =>
  /^(?:UP(?: \d|$)|no check)/u.test(status);

/** Records of a CSV: `"` quotes a cell that holds a comma, `""` is a quote inside; the last cell may be empty. */
function csvRecords(text: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  const endCell = (): void => {
    cells.push(cell);
    cell = '';
  };
  const endRecord = (): void => {
    endCell();
    if (cells.length > 1 || cells[0] !== '') records.push(cells);
    cells = [];
  };
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (quoted && char === '"' && text.charAt(at + 1) === '"') {
      cell += '"';
      at += 1;
    } else if (char === '"' && (quoted || cell === '')) quoted = !quoted;
    else if (quoted) cell += char;
    else if (char === ',') endCell();
    else if (char === '\n') endRecord();
    else if (char !== '\r') cell += char;
  }
  endRecord();
  return records;
}
