import { expect, test } from 'vitest';
import { complain, judgeComplaints } from './component-verdict.ts';

const good = { en: 'all is well', zh: '符合要求' };

test('nothing to complain about passes; the worst complaint decides and is named first', () => {
  const evidence = { fact: 'haproxy.info', at: 'version', actual: '3', expected: good, shell: 'true' } as const;
  expect(judgeComplaints([], good, [evidence])).toEqual({ outcome: 'pass', reason: good, evidence: [evidence] });
  expect(judgeComplaints([complain('warn', 'a', '甲')], good, []).outcome).toBe('warn');
  const both = judgeComplaints([complain('warn', 'a', '甲'), complain('fail', 'b', '乙')], good, []);
  expect([both.outcome, both.reason]).toEqual(['fail', { en: 'b; a', zh: '经核查，乙；甲' }]);
});

test('a long list is counted', () => {
  const many = Array.from({ length: 7 }, (_, index) => complain('warn', `w${index}`, `警${index}`));
  expect(judgeComplaints(many, good, []).reason.en).toBe('w0; w1; w2; w3; w4; and 2 more');
});
