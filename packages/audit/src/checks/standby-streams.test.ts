import { expect, test } from 'vitest';
import { membersFact, primaryOf, standby } from './cluster.fixture.ts';
import { senderFact } from './server.fixture.ts';
import { pairStandbys, receiverEvidence, sendersEvidence, unpairedStreams } from './standby-streams.ts';

test('a stream that runs is preferred to one that is dying under the same name', () => {
  const primary = {
    ...primaryOf(),
    senders: [senderFact({ state: 'catchup' }), senderFact({ state: 'streaming', clientAddress: '10.0.0.9' })],
  };
  const [pair] = pairStandbys(membersFact(primary, standby('pg-test-2')));
  expect(pair?.sender?.stream.clientAddress).toBe('10.0.0.9');
});

test('a member never serves itself', () => {
  const odd = { ...standby('pg-test-1'), senders: [senderFact({ applicationName: 'pg-test-1' })] };
  expect(pairStandbys(membersFact(odd))[0]?.sender).toBeUndefined();
});

test('streams to strangers are counted', () => {
  const facts = membersFact(primaryOf('pg-test-2', 'elsewhere'), standby('pg-test-2'));
  expect(unpairedStreams(facts, pairStandbys(facts))).toBe(1);
});

test('lag is evidence only as within the limit or not, and unknown lag is empty', () => {
  const senders = [senderFact({ replayLagBytes: 11 }), senderFact({ flushLagBytes: null, replayLagBytes: null })];
  expect(sendersEvidence('pg-test-1', senders, 10).actual).toBe('pg-test-2|streaming|t|f\npg-test-2|streaming||');
  expect(receiverEvidence('pg-test-2', null, 10).actual).toBe('');
});
