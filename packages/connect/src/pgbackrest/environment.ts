/** Environment variables as data. */
type Env = Readonly<Record<string, string | undefined>>;

/** Ours, our runtime's and our service manager's: nothing of pgBackRest's, and some would change what it does. */
const foreign =
  /^(?:EXPORTER_|PG_EXPORTER_|PGATTEST_|NODE_|npm_|LISTEN_|NOTIFY_|INVOCATION_ID$|JOURNAL_STREAM$|STANZA_(?:IN|EX)CLUDE$|COLLECT_INTERVAL$|COLLECTOR_PGBACKREST$|BACKUP_TYPE$|VERBOSE_WAL$|DATABASE_(?:COUNT|PARALLEL)|PGPASSWORD$|PGPASSFILE$|PGURL$)/;

/**
 * What Kubernetes sets in every pod for a service called pgbackrest. pgBackRest takes each for an option of its own
 * and warns of it in front of its answer.
 */
const serviceLink = /^PGBACKREST_(?:.*_)?(?:SERVICE_HOST|SERVICE_PORT(?:_\w+)?|PORT(?:_\d+_(?:TCP|UDP)\w*)?)$/;

/** Options that may be set by PGBACKREST_* and end in PORT all the same. */
const portOption =
  /^PGBACKREST_(?:PG\d*_PORT|PG\d+_HOST_PORT|REPO\d*_(?:HOST|STORAGE|SFTP_HOST)_PORT|TLS_SERVER_PORT)$/;

/** The environment of a pgBackRest process: the caller's without what would break it, and with messages in English. */
export function backrestEnvironment(
  env: Env,
  account: { readonly name: string; readonly home: string } | undefined,
): Readonly<Record<string, string>> {
  const kept = Object.entries(env).flatMap(([name, value]): readonly (readonly [string, string])[] =>
    value === undefined || foreign.test(name) || (serviceLink.test(name) && !portOption.test(name))
      ? []
      : [[name, value]],
  );
  const identity = account === undefined ? {} : { HOME: account.home, USER: account.name, LOGNAME: account.name };
  return { ...Object.fromEntries(kept), LC_ALL: 'C', ...identity };
}
