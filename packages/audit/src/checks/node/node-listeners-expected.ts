import { defineCheck } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { isLoopback } from '../../node/sockets.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nodeEvidence } from '../node-evidence.ts';

type Listener = FactMap['node.listeners'][number];

export const nodeListenersExpected = defineCheck({
  id: 'node-listeners-expected',
  scope: 'node',
  catalogue: ['NET-004'],
  title: { en: 'Only expected services listen', zh: '无非预期的监听服务' },
  severity: 'medium',
  rationale: {
    en: 'Each open port is a program that an attacker may talk to; one that nobody knows of is patched by nobody.',
    zh: '每个开放端口都是攻击入口，无人知晓的服务也无人修补。',
  },
  remediation: {
    en: 'Stop what is not needed, bind the rest to loopback, and list what belongs here in the parameters of this check.',
    zh: '停用不必要的服务，其余绑定环回地址，并在本检查参数中登记应有端口。',
  },
  fix: ['ss -Hlntup', 'systemctl disable --now {unit}'],
  needs: ['node.listeners'],
  params: {
    /** Ports of a Pigsty node; a range is written `5431-5439`. */
    expectedPorts: [
      '22',
      '53',
      '80',
      '123',
      '443',
      '2379',
      '2380',
      '3000',
      '5431-5439',
      '6432',
      '8008',
      '8428',
      '8880',
      '9059',
      '9090',
      '9093',
      '9100',
      '9101',
      '9113',
      '9115',
      '9187',
      '9428',
      '9598',
      '9630',
      '9631',
      '9650',
      '9854',
      '9855',
      '10428',
    ],
    /** Clear text, or made for local networks of trust. */
    forbiddenPorts: ['21', '23', '69', '111', '135-139', '445', '512-514', '873', '2049'],
  },
  evaluate({ 'node.listeners': listeners }, { expectedPorts, forbiddenPorts }) {
    const open = listeners.filter(
      ({ address, protocol, port }) => !isLoopback(address) && !isEphemeralUdp(protocol, port),
    );
    const bad = open.filter(({ port }) => isAmong(port, forbiddenPorts));
    const strange = open.filter(({ port }) => !isAmong(port, forbiddenPorts) && !isAmong(port, expectedPorts));
    return verdictOf({
      complaints: [
        ...bad.map((one) =>
          complaint('fail', `${name(one)} is a high-risk port`, `${name(one)} 为高危端口`, portEvidence(one)),
        ),
        ...strange.map((one) =>
          complaint('warn', `${name(one)} is not expected here`, `${name(one)} 为非预期端口`, portEvidence(one)),
        ),
      ],
      unknown: listeners.length === 0 ? [{ en: 'no listening socket was seen', zh: '未采集到任何监听端口' }] : [],
      good: {
        en: `${open.length} ports are open, all of them expected`,
        zh: `对外监听的 ${open.length} 个端口均为预期端口`,
      },
      evidence: open.slice(0, 20).map(portEvidence),
    });
  },
});

/** Answers to one's own questions come back to such ports. */
const isEphemeralUdp = (protocol: Listener['protocol'], port: number): boolean =>
  protocol.startsWith('udp') && port >= 32_768;

const isAmong = (port: number, list: readonly string[]): boolean =>
  list.some((item) => {
    const [from = '', to = from] = item.split('-');
    return port >= Number(from) && port <= Number(to);
  });

const portEvidence = ({ protocol, raw, address, port }: Listener) =>
  nodeEvidence(
    'node.listeners',
    `${protocol} ${address} port ${port}, as the kernel writes it`,
    `awk '$2 == "${raw}" && $4 == "${protocol.startsWith('tcp') ? '0A' : '07'}" { print $2; exit }' /proc/net/${protocol}`,
    raw,
    { en: 'an expected port', zh: '预期端口' },
  );

const name = ({ protocol, port, process, user }: Listener) => `${protocol}/${port} (${process ?? user})`;
