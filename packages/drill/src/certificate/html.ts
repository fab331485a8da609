import type { Certificate, CertificateFacts, SignedCertificate } from './certificate.ts';
import { words, type Language, type Word } from './words.ts';

const style = `body{font:14px/1.45 system-ui,"Noto Sans CJK SC",sans-serif;max-width:60rem;margin:1.5rem auto;padding:0 1rem;color:#1b1f24;background:#fff}
h1{font-size:1.4rem;margin:0 0 .2rem}h2{font-size:1rem;margin:1.2rem 0 .3rem}table{border-collapse:collapse;width:100%}
td,th{text-align:left;vertical-align:top;padding:.2rem .6rem .2rem 0;border-bottom:1px solid #d8dee4;overflow-wrap:anywhere}
th{font-weight:600;white-space:nowrap}.o{display:inline-block;padding:.1rem .6rem;border:2px solid;border-radius:.3rem;font-weight:700}
.passed{color:#0a6b2d}.failed{color:#b42318}.aborted{color:#8a5a00}code{font-size:.85em}@media print{body{margin:0}}`;

/** Facts of a certificate that are shown as they are, in this order. */
const factNames: readonly (keyof CertificateFacts)[] = [
  'repo',
  'repoCipher',
  'backupLabel',
  'backupType',
  'backupStopTime',
  'backupChain',
  'targetTime',
  'recoveredTime',
  'recoveredLsn',
  'recoveredTimeline',
  'restoredBytes',
  'fromMember',
  'toMember',
  'timelineBefore',
  'timelineAfter',
  'detectionSeconds',
  'electionSeconds',
  'promotionSeconds',
  'rowsAcknowledged',
  'rowsUnknown',
  'deliverySeconds',
];

/** One self-contained page: no script, nothing loaded. */
export function renderCertificateHtml(
  { certificate, sha256, signature }: SignedCertificate,
  language: Language,
): string {
  const say = (word: Word): string => escapeHtml(words[word][language]);
  const c = certificate;
  const section = (title: Word, rows: readonly (readonly string[])[]): string =>
    `<h2>${say(title)}</h2>${rows.length === 0 ? `<p>${say('none')}</p>` : table(rows)}`;
  const facts = factNames.flatMap((name): readonly (readonly string[])[] => {
    const value = c[name];
    if (value === undefined) return [];
    return [[`<code>${name}</code>`, escapeHtml(typeof value === 'object' ? value.join(' → ') : String(value))]];
  });
  const body = [
    `<h1>${say('title')}</h1><p><span class="o ${c.outcome}">${say(c.outcome)}</span> ${say(c.kind)} · ${escapeHtml(c.cluster)} · ${escapeHtml(c.started)}</p>`,
    table([
      [say('kind'), say(c.kind)],
      [say('cluster'), escapeHtml(c.cluster)],
      [say('started'), escapeHtml(c.started)],
      [say('finished'), escapeHtml(c.finished)],
      ...(c.reason === undefined ? [] : [[say('reason'), escapeHtml(c.reason)]]),
      [say('approvedBy'), escapeHtml(c.approval.by)],
      [say('operator'), escapeHtml(c.approval.operator)],
      [say('rto'), c.rtoSeconds === undefined ? say('notMeasured') : `${c.rtoSeconds} ${say('seconds')}`],
      [say('rpo'), dataLoss(c, say)],
    ]),
    section(
      'findings',
      c.findings.map(({ code, message }) => [`<code>${escapeHtml(code)}</code>`, escapeHtml(message)]),
    ),
    section(
      'checks',
      c.checks.map((one) => [escapeHtml(one.id), escapeHtml(one.subject), say(one.outcome), escapeHtml(one.detail)]),
    ),
    section('measured', facts),
    section(
      'steps',
      c.steps.map((one) => [
        escapeHtml(one.title),
        `${one.seconds} ${say('seconds')}`,
        say(one.outcome),
        escapeHtml(one.detail ?? ''),
      ]),
    ),
    section(
      'preconditions',
      c.preconditions.map((one) => [escapeHtml(one.title), say(one.state), escapeHtml(one.detail)]),
    ),
    section(
      'evidence',
      c.evidence.map((one) => [escapeHtml(one.name), `<code>${one.sha256}</code>`]),
    ),
    section(
      'tools',
      Object.entries(c.tools).map(([name, version]) => [escapeHtml(name), escapeHtml(version)]),
    ),
    table([
      [say('digest'), `<code>${sha256}</code>`],
      [say('key'), `<code>${signature.keyId}</code>`],
      [say('verify'), `<code>pgattest drill verify ${escapeHtml(c.id)}.json --key KEY.pub</code>`],
    ]),
    `<p>${say('proof')}</p>`,
  ];
  const title = `${words.title[language]} ${c.id}`;
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title><style>${style}</style></head><body>
${body.join('\n')}
</body></html>
`;
}

function dataLoss(c: Certificate, say: (word: Word) => string): string {
  const parts = [
    ...(c.rpoSeconds === undefined ? [] : [`${c.rpoSeconds} ${say('seconds')}`]),
    ...(c.rpoRows === undefined ? [] : [`${c.rpoRows} ${say('rows')}`]),
    ...(c.rpoBytes === undefined ? [] : [`${c.rpoBytes} ${say('bytes')}`]),
  ];
  if (parts.length === 0) return say('notMeasured');
  return parts.join(', ') + (c.rpoReference === undefined ? '' : ` (${say('against')}: ${escapeHtml(c.rpoReference)})`);
}

const table = (rows: readonly (readonly string[])[]): string =>
  `<table>${rows.map(([head = '', ...cells]) => `<tr><th scope="row">${head}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table>`;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML; control characters and direction marks become visible. */
export const escapeHtml = (text: string): string =>
  text
    .replaceAll(/[&<>"']/g, (character) => entities[character] ?? character)
    .replaceAll(
      /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu,
      (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
    );
