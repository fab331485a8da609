import { defineCheck, fail, notApplicable, pass, warn } from '../../check.ts';
import { etcdConfigEvidence } from '../etcd-config-evidence.ts';

const isLocal = (url: string): boolean => /^https?:\/\/(127\.|localhost|\[::1\])/u.test(url);

const flags = ['listen-client-urls', 'listen-peer-urls', 'listen-metrics-urls'] as const;

export const etcdListenAddresses = defineCheck({
  id: 'etcd-listen-addresses',
  scope: 'node',
  catalogue: ['ETCD-012'],
  title: { en: 'etcd listens on the node’s own address alone', zh: 'etcd 监听地址最小化' },
  severity: 'medium',
  rationale: {
    en: 'On every interface etcd also answers networks that have nothing to do with it; metrics over plain HTTP tell the names and the state of everything.',
    zh: '监听所有网卡会使 etcd 暴露于无关网络；明文 HTTP 的指标接口会泄露名称与状态。',
  },
  remediation: {
    en: 'Bind the client and peer ports to the node’s address and to loopback, the metrics to https or an inner network.',
    zh: '客户端与成员端口绑定节点地址与回环地址，指标接口使用 https 或绑定内部网络。',
  },
  fix: ['listen-client-urls: https://{node}:2379,https://127.0.0.1:2379\nlisten-peer-urls: https://{node}:2380'],
  needs: ['node.etcd-config'],
  params: {},
  evaluate({ 'node.etcd-config': config }) {
    if (config === null) return notApplicable({ en: 'this node has no etcd', zh: '该节点没有 etcd，本项不适用' });
    const evidence = etcdConfigEvidence(config, flags, {
      en: 'https on the node’s own addresses',
      zh: '仅节点自身地址，使用 https',
    });
    const urls = flags.flatMap((flag) =>
      (config.settings[flag] ?? '').split(',').flatMap((url) => (url.trim() === '' ? [] : [{ flag, url: url.trim() }])),
    );
    // etcd's defaults are loopback.
    const everywhere = urls.filter(({ url }) => /^https?:\/\/(0\.0\.0\.0|\[::\]|\*|:)/u.test(url));
    const plain = urls.filter(
      ({ flag, url }) => url.startsWith('http://') && !isLocal(url) && flag !== 'listen-metrics-urls',
    );
    const metrics = urls.filter(
      ({ flag, url }) => url.startsWith('http://') && !isLocal(url) && flag === 'listen-metrics-urls',
    );
    const list = (items: typeof urls): string => items.map(({ flag, url }) => `${flag} ${url}`).join(', ');
    if (plain.length > 0 || everywhere.some((item) => metrics.includes(item))) {
      return fail(
        {
          en: `data over plain HTTP: ${list([...plain, ...metrics])}`,
          zh: `经核查，存在明文 HTTP 监听：${list([...plain, ...metrics])}`,
        },
        evidence,
      );
    }
    if (everywhere.length > 0) {
      return warn(
        { en: `listens on every interface: ${list(everywhere)}`, zh: `经核查，监听所有网卡：${list(everywhere)}` },
        evidence,
      );
    }
    return pass(
      {
        en: `listens on ${urls.map(({ url }) => url).join(', ') || 'loopback'}`,
        zh: `经核查，监听地址为 ${urls.map(({ url }) => url).join('、') || '回环地址'}，符合要求`,
      },
      evidence,
    );
  },
});
