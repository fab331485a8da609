import { formatCount, percentOf } from '../format.ts';
import type { Messages } from '../i18n/messages.ts';
import type { Ratio } from '../model.ts';

interface MeterProps {
  readonly t: Messages;
  readonly title: string;
  readonly basis: string;
  readonly ratio: Ratio;
  /** Without: only `part / whole`, for frameworks whose conclusion is no percentage. */
  readonly percentage: boolean;
}

/** A share with its basis: the number large, what it counts in words below. */
export function Meter({ t, title, basis, ratio, percentage }: MeterProps) {
  const percent = percentOf(ratio);
  return (
    <div class="meter">
      <div class="meter-title">{title}</div>
      <div class="meter-value">
        {percent === undefined ? (
          <span class="muted">{t.noBasis}</span>
        ) : percentage ? (
          <>
            {percent}
            <small>%</small>
          </>
        ) : (
          <>
            {formatCount(ratio.part)}
            <small> / {formatCount(ratio.whole)}</small>
          </>
        )}
      </div>
      <svg class="meterbar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
        <rect class="track" x="0" y="0" width="100" height="1" />
        <rect class="fill" x="0" y="0" width={percent ?? 0} height="1" />
      </svg>
      <p class="meter-basis">
        {percentage && (
          <b>
            {formatCount(ratio.part)} / {formatCount(ratio.whole)}{' '}
          </b>
        )}
        {basis}
      </p>
    </div>
  );
}
