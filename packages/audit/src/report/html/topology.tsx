import type { SubjectKind } from '../../inventory/subjects.ts';
import type { Stream, SubjectReport } from '../model.ts';
import { fitName } from './topology-fit.ts';
import { aloneGap, HostBox, hostsOf, inset, partHeight, Parts, widthOfRow } from './topology-hosts.tsx';
import type { View } from './view.tsx';

const box = { width: 240, height: 84, columnGap: 150, rowGap: 28, margin: 28, head: 34 } as const;

interface Node {
  readonly id: string;
  readonly name: string;
  readonly detail: string;
  readonly subject: SubjectReport | undefined;
  /** Components on the host of the member. */
  readonly parts: readonly SubjectReport[];
  readonly height: number;
  readonly x: number;
  readonly y: number;
}

/** The cluster as the evidence shows it: senders left of their receivers, silent and undeclared members dashed. */
export function Topology({ view }: { readonly view: View }) {
  const { report, t } = view;
  const instances = report.scope.subjects.filter(({ kind }) => kind === 'instance');
  const { streams } = report.scope;
  const others = report.scope.subjects.filter(({ kind }) => !notDrawn.includes(kind));
  const nodes = place(instances, streams, others);
  const hosts = hostsOf(others.filter(({ id }) => instances.every((instance) => !id.startsWith(`${instance.id}.`))));
  const hostHeight = Math.max(0, ...hosts.map(({ height: own }) => own));
  const members = Math.max(...nodes.map(({ y, height: own }) => y + own), 0);
  const width = Math.max(...nodes.map(({ x }) => x + box.width), 300, widthOfRow(hosts.length, box)) + box.margin;
  const perRow = Math.max(1, Math.floor((width - box.margin) / (box.width + aloneGap)));
  const rows = Math.ceil(hosts.length / perRow);
  const height = members + rows * (hostHeight + aloneGap) + box.margin;
  const find = (id: string) => nodes.find((node) => node.id === id);
  return (
    <figure class="topology">
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={t.scope.diagram}>
        <defs>
          <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path class="arrowhead" d="M0 0.5L8 4L0 7.5z" />
          </marker>
        </defs>
        <rect class="frame" x="1" y="1" width={width - 2} height={height - 2} rx="10" />
        <text class="frame-name" x={box.margin} y="24">
          {t.kind.cluster} {report.cluster}
        </text>
        {streams.map((stream) => {
          const from = find(stream.from);
          const to = find(receiverOf(stream));
          return from === undefined || to === undefined ? null : <Edge from={from} to={to} stream={stream} />;
        })}
        {nodes.map((node) => (
          <Member node={node} view={view} />
        ))}
        {hosts.map((host, index) => (
          <HostBox
            host={host}
            t={t}
            width={box.width}
            height={hostHeight}
            x={box.margin + (index % perRow) * (box.width + aloneGap)}
            y={members + aloneGap + Math.floor(index / perRow) * (hostHeight + aloneGap)}
          />
        ))}
      </svg>
    </figure>
  );
}

/** The members stand for themselves, and where the auditor keeps its records is no part of the cluster. */
const notDrawn: readonly SubjectKind[] = ['cluster', 'instance', 'records'];

function Edge({ from, to, stream }: { readonly from: Node; readonly to: Node; readonly stream: Stream }) {
  const x1 = from.x + box.width;
  const y1 = from.y + box.height / 2;
  const x2 = to.x - 3;
  const y2 = to.y + box.height / 2;
  const bus = x1 + 34;
  const turn = y2 > y1 ? 10 : -10;
  const path =
    y1 === y2
      ? `M${x1} ${y1}H${x2}`
      : `M${x1} ${y1}H${bus - 10}q10 0 10 ${turn}V${y2 - turn}q0 ${turn} 10 ${turn}H${x2}`;
  return (
    <g class="edge">
      <path d={path} marker-end="url(#arrow)" />
      <text x={x2 - 14} y={y2 - 8}>
        {stream.state}
      </text>
      <text x={x2 - 14} y={y2 + 18}>
        {stream.sync}
      </text>
    </g>
  );
}

function Member({ node, view: { t } }: { readonly node: Node; readonly view: View }) {
  const { name, detail, subject, parts, height, x, y } = node;
  const silent = subject !== undefined && subject.observations.ok === 0;
  const kind = subject === undefined ? 'undeclared' : silent ? 'silent' : (subject.role ?? 'unknown');
  const role =
    subject === undefined ? t.scope.undeclared : silent ? t.scope.noAnswer : t.role[subject.role ?? 'unknown'];
  return (
    <g class={`member ${kind}`}>
      <rect x={x} y={y} width={box.width} height={height} rx="8" />
      <rect class="stripe" x={x} y={y + 10} width="4" height={height - 20} rx="2" />
      <text class="name" x={x + 18} y={y + 28}>
        {fitName(name, 15, box.width - inset)}
      </text>
      <text class="role" x={x + 18} y={y + 49}>
        {role}
      </text>
      <text class="detail" x={x + 18} y={y + 68}>
        {fitName(detail, 12, box.width - inset)}
      </text>
      <Parts parts={parts} t={t} x={x + 18} y={y + 68} width={box.width - inset} />
    </g>
  );
}

/** `PostgreSQL 18.4 · 127.0.0.1:5432`, as far as known; the distribution's suffix of the version is in the table. */
function detailOf(subject: SubjectReport | undefined): string {
  const version = subject?.version === undefined ? [] : [`PG ${subject.version.split(' ')[0] ?? ''}`];
  const address = [keyword(subject?.connect, 'host'), keyword(subject?.connect, 'port')].filter(
    (part) => part !== undefined,
  );
  return [...version, ...(address.length > 0 ? [address.join(':')] : [])].join(' · ');
}

/** Value of a libpq keyword, as far as it is written without spaces. */
const keyword = (connect: string | undefined, name: string): string | undefined =>
  connect?.match(new RegExp(`(?:^|\\s)${name}='?([^\\s']+)`, 'u'))?.[1];

/** Identity of a receiver in the diagram: strangers may share a name. */
const receiverOf = ({ to, declared, address }: Stream): string => (declared ? to : `${to}@${address}`);

/** Column = distance from a member nobody sends to; row = order within the column. Cycles end where they began. */
function place(
  instances: readonly SubjectReport[],
  streams: readonly Stream[],
  others: readonly SubjectReport[],
): readonly Node[] {
  const strangers = new Map(
    streams.filter(({ declared }) => !declared).map((stream) => [receiverOf(stream), stream] as const),
  );
  const ids = [...instances.map(({ id }) => id), ...strangers.keys()];
  const senderOf = new Map(streams.map((stream) => [receiverOf(stream), stream.from]));
  const depthOf = (id: string): number => {
    const seen = new Set([id]);
    let sender = senderOf.get(id);
    while (sender !== undefined && !seen.has(sender)) {
      seen.add(sender);
      sender = senderOf.get(sender);
    }
    // A replica whose sender is not seen still stands right of the primaries.
    const alone = seen.size === 1 && instances.find((subject) => subject.id === id)?.role !== 'primary';
    return alone && instances.some(({ role }) => role === 'primary') ? 1 : seen.size - 1;
  };
  const depths = ids.map(depthOf);
  const partsOf = (id: string) => others.filter((other) => other.id.startsWith(`${id}.`));
  // All of one height, so that rows stay rows.
  const height = box.height + partHeight * Math.max(0, ...ids.map((id) => partsOf(id).length));
  return ids.map((id, index) => {
    const depth = depths[index] ?? 0;
    const row = depths.slice(0, index).filter((other) => other === depth).length;
    const subject = instances.find((instance) => instance.id === id);
    return {
      id,
      name: strangers.get(id)?.to ?? id,
      detail: strangers.get(id)?.address ?? detailOf(subject),
      subject,
      parts: partsOf(id),
      height,
      x: box.margin + depth * (box.width + box.columnGap),
      y: box.margin + box.head - 12 + row * (height + box.rowGap),
    };
  });
}
