import { say } from '../../grafana/text.ts';

/** Why a panel about verdicts has nothing to show. */
export const noVerdict = say(
  'no fresh verdict: not audited, or the last audit failed',
  '没有新结论：未审计，或上次审计失败',
);
