import { inheritedSockets, parseListenAddress, type CommandContext } from '@pgattest/runtime';
import { parseConstantLabels } from './constant-labels.ts';
import { textList, textOf, wholeNumber } from './option-values.ts';
import type { ServingOptions } from './source-api.ts';

/** How to serve, from a parsed command line with the flags of serving-flags.ts, `--label` and `--web.telemetry-path`. */
export function readServingOptions(
  { options, env }: CommandContext,
  defaults: { readonly listen: string },
): Omit<ServingOptions, 'logger'> {
  const webConfigFile = textOf(options['web.config.file']) ?? textOf(options['web.configFile']);
  const probeTargetsFile = textOf(options['probe.targets']);
  const addresses = textList(options['web.listenAddress']);
  return {
    ...(options['web.systemdSocket'] === true
      ? { listen: [], inheritedSockets: inheritedSockets(env, process.pid) }
      : { listen: (addresses.length === 0 ? [defaults.listen] : addresses).map(parseListenAddress) }),
    portFallback: wholeNumber(options['portFallback'], '--port-fallback'),
    telemetryPath: textOf(options['web.telemetryPath']) ?? '/metrics',
    labels: parseConstantLabels(textList(options['label'])),
    ...(webConfigFile === undefined || webConfigFile === '' ? {} : { webConfigFile }),
    ...(probeTargetsFile === undefined ? {} : { probeTargetsFile }),
    reloadOnGet: options['web.getReload'] === true,
  };
}
