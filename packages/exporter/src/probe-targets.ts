import { readFile, stat } from 'node:fs/promises';
import { formatIssue, parseConfig, RuntimeError, type Logger } from '@pgattest/runtime';

/** Servers that may be asked for by name, and nothing else: whoever can reach /probe cannot make us connect elsewhere. */
export interface ProbeTargets {
  /** Connection strings by name, as the file is now, or as it last could be used. Never rejects. */
  current(): Promise<ReadonlyMap<string, string>>;
}

const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['targets'],
  properties: {
    targets: { type: 'object', minProperties: 1, additionalProperties: { type: 'string', minLength: 1 } },
  },
};

/** Reads `targets: {name: connection string}`. Errors: file_unreadable, config_invalid. */
export async function openProbeTargets(file: string, logger: Logger): Promise<ProbeTargets> {
  let targets = await load(file);
  let stamp = await stampOf(file);
  let complaint: string | undefined;
  return {
    async current() {
      const now = await stampOf(file);
      if (now === stamp) return targets;
      stamp = now;
      try {
        targets = await load(file);
        complaint = undefined;
        logger.info('probe targets read', { file, targets: targets.size });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        if (reason !== complaint) logger.error('probe targets are unusable, the last ones stand', { file, reason });
        complaint = reason;
      }
      return targets;
    },
  };
}

async function load(file: string): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RuntimeError('file_unreadable', `cannot read the probe targets ${file}: ${reason}`, { cause: error });
  });
  const parsed = parseConfig<{ readonly targets: Readonly<Record<string, string>> }>({ text, file, schema });
  if (!parsed.ok) throw new RuntimeError('config_invalid', parsed.issues.map(formatIssue).join('\n'));
  return new Map(Object.entries(parsed.value.targets));
}

async function stampOf(file: string): Promise<string> {
  return stat(file).then(
    ({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`,
    () => 'missing',
  );
}
