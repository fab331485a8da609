import type { Messages } from '../i18n/messages.ts';
import type { SubjectReport } from '../model.ts';
import { fitName, squeezed } from './topology-fit.ts';

/** A host without a member, `etcd-1`, or the cluster itself, with the components that are named after it. */
export interface Host {
  readonly name: string;
  readonly parts: readonly SubjectReport[];
  readonly height: number;
}

/** Room for one component below a name. */
export const partHeight = 18;
const headHeight = 38;

/** Of the width of a box: its text begins behind the stripe and ends before the border. */
export const inset = 28;

/** Between boxes of hosts. */
export const aloneGap = 22;

/** Width that up to three boxes beside each other need. */
export const widthOfRow = (count: number, { width, margin }: { readonly width: number; readonly margin: number }) =>
  Math.min(count, 3) * (width + aloneGap) + margin - aloneGap;

/** `etcd-1.etcd` and `etcd-1.node` as one host, in the order of the inventory of those that are not mere hosts. */
export function hostsOf(subjects: readonly SubjectReport[]): readonly Host[] {
  const hosts = new Map<string, SubjectReport[]>();
  for (const subject of subjects.toSorted((a, b) => Number(a.kind === 'node') - Number(b.kind === 'node'))) {
    const name = subject.id.includes('.') ? subject.id.slice(0, subject.id.lastIndexOf('.')) : subject.id;
    const parts = hosts.get(name);
    if (parts === undefined) hosts.set(name, [subject]);
    else parts.push(subject);
  }
  return [...hosts].map(([name, parts]) => ({ name, parts, height: headHeight + parts.length * partHeight }));
}

interface HostBoxProps {
  readonly host: Host;
  readonly t: Messages;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Of the highest host, so that rows stay rows. */
  readonly height: number;
}

export function HostBox({ host, t, x, y, width, height }: HostBoxProps) {
  return (
    <g class={`member ${host.parts.every(isSilent) ? 'silent' : 'component'}`}>
      <rect x={x} y={y} width={width} height={height} rx="8" />
      <rect class="stripe" x={x} y={y + 10} width="4" height={height - 20} rx="2" />
      <text class="name" x={x + 18} y={y + 26}>
        {fitName(host.name, 15, width - inset)}
      </text>
      <Parts parts={host.parts} t={t} x={x + 18} y={y + 28} width={width - inset} />
    </g>
  );
}

interface PartsProps {
  readonly parts: readonly SubjectReport[];
  readonly t: Messages;
  readonly x: number;
  /** Base line of what stands above the first part. */
  readonly y: number;
  /** Room for a line. */
  readonly width: number;
}

/** Components one below the other; one that did not answer says so. */
export const Parts = ({ parts, t, x, y, width }: PartsProps) => (
  <>
    {parts.map((part, index) => {
      const words = isSilent(part) ? `✕ ${t.kind[part.kind]}${t.colon}${t.scope.noAnswer}` : `+ ${t.kind[part.kind]}`;
      return (
        <text
          class={isSilent(part) ? 'part-silent' : 'detail'}
          x={x}
          y={y + (index + 1) * partHeight}
          {...squeezed(words, 12, width)}
        >
          {words}
        </text>
      );
    })}
  </>
);

const isSilent = ({ observations }: SubjectReport): boolean => observations.ok === 0;
