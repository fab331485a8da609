import { defineCheck, fail, notApplicable, pass, undecided, warn, type Evidence } from '../../check.ts';
import { patroniYmlEvidence, patroniYmlValue } from '../patroni-yml-evidence.ts';

export const patroniWatchdog = defineCheck({
  id: 'patroni-watchdog',
  scope: 'patroni',
  catalogue: ['HA-006'],
  title: { en: 'A primary whose Patroni hangs is fenced by a watchdog', zh: '看门狗隔离机制真实生效' },
  severity: 'medium',
  rationale: {
    en: 'When Patroni dies alone, its primary keeps taking writes while another is promoted; only a watchdog that somebody has really opened stops it. Mode automatic goes on without one, silently.',
    zh: 'Patroni 单独退出时原主库仍可写，只有真正打开的看门狗设备能将其隔离；automatic 模式在设备不可用时静默放行。',
  },
  remediation: {
    en: 'Load a watchdog (softdog or hardware), give the device to the server’s user, set watchdog.mode to required (or automatic), and see that it is open on the primary.',
    zh: '加载看门狗（softdog 或硬件），将设备授权给数据库系统用户，watchdog.mode 设为 required（或 automatic），并确认主库已打开设备。',
  },
  fix: [
    'modprobe softdog',
    'chown postgres /dev/watchdog',
    'watchdog:\n  mode: required\n  device: /dev/watchdog\n  safety_margin: 5',
  ],
  needs: ['node.patroni-yml', 'node.watchdog', 'patroni.status'],
  /** True for data where a split brain costs more than an outage: off then fails. */
  params: { critical: false },
  evaluate({ 'node.patroni-yml': file, 'node.watchdog': watchdog, 'patroni.status': status }, { critical }) {
    if (file === null) {
      return notApplicable({ en: 'this node has no patroni.yml', zh: '该节点没有 patroni.yml，本项不适用' });
    }
    // Patroni's default is automatic; YAML 1.1 reads a bare off as false.
    const value = patroniYmlValue(file, 'watchdog.mode');
    const mode = value === false || value === 'off' ? 'off' : typeof value === 'string' ? value : 'automatic';
    const states = watchdog.devices.map(({ state }) => state);
    const isPrimary = ['primary', 'standby_leader'].includes(status.role);
    const configured = patroniYmlEvidence(file, 'watchdog.mode', {
      en: '"required" or "automatic" (default)',
      zh: '"required" 或 "automatic"（默认）',
    });
    const kernel: Evidence = {
      fact: 'node.watchdog',
      at: 'state of the watchdogs',
      actual: states.map((state) => state ?? '').join('\n'),
      expected: { en: 'active on the primary', zh: '主库为 active' },
      shell: `cat /sys/class/watchdog/watchdog*/state 2>/dev/null`,
    };
    if (mode === 'off') {
      const reason = {
        en: 'the watchdog is off: nothing fences a primary whose Patroni hangs',
        zh: '经核查，看门狗已关闭，Patroni 停滞的主库无法被隔离',
      };
      return critical ? fail(reason, configured) : warn(reason, configured);
    }
    if (watchdog.device === null) {
      const reason = {
        en: `watchdog.mode is ${mode}, but the node has no /dev/watchdog`,
        zh: `经核查，watchdog.mode 为 ${mode}，但节点没有 /dev/watchdog 设备`,
      };
      return mode === 'required' || critical ? fail(reason, configured, kernel) : warn(reason, configured, kernel);
    }
    if (status.isWatchdogFailed) {
      return fail(
        { en: 'Patroni says that it cannot use its watchdog', zh: '经核查，Patroni 报告无法使用看门狗' },
        configured,
        kernel,
      );
    }
    if (!isPrimary) {
      return pass(
        {
          en: `watchdog.mode is ${mode} and the device is there; a ${status.role} does not hold it`,
          zh: `经核查，watchdog.mode 为 ${mode} 且设备存在，${status.role} 无需打开设备，符合要求`,
        },
        configured,
        kernel,
      );
    }
    const isOpen =
      states.includes('active') ||
      (watchdog.holders ?? []).some((name) => name.startsWith('patroni') || name.startsWith('python'));
    if (isOpen) {
      return pass(
        {
          en: `watchdog.mode is ${mode}, and the primary has it open`,
          zh: `经核查，watchdog.mode 为 ${mode}，主库已打开看门狗设备，符合要求`,
        },
        configured,
        kernel,
      );
    }
    if (watchdog.holders === null && states.every((state) => state === null)) {
      return undecided(
        {
          en: 'neither the kernel nor the processes show whether the watchdog is open; collect as root',
          zh: '内核与进程信息均无法说明看门狗是否打开，请以 root 运行采集器',
        },
        configured,
        kernel,
      );
    }
    return fail(
      {
        en: `watchdog.mode is ${mode}, but nobody has the watchdog open on the primary`,
        zh: `经核查，watchdog.mode 为 ${mode}，但主库上没有进程打开看门狗设备`,
      },
      configured,
      kernel,
    );
  },
});
