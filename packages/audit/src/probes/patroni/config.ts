import { ConnectError, createPatroniClient } from '@pgattest/connect';
import { requestTimeoutMs } from '../../probe-timeout.ts';
import { defineProbe } from '../../probe.ts';
import { isJsonObject, redactDocument, type Json } from '../../redact-document.ts';

/** The dynamic configuration as it is in the DCS, without secrets. */
export type PatroniConfigFact = { readonly [key: string]: Json };

/** What all members run by. Keys that are not there have Patroni's defaults. */
export const patroniConfig = defineProbe({
  id: 'patroni.config',
  subject: 'patroni',
  title: 'Dynamic configuration from the DCS, without secrets (GET /config)',
  privilege: 'none; reading is open unless restapi.verify_client is required',
  grants: [],
  async collect({ target, signal }): Promise<PatroniConfigFact> {
    const { document } = await createPatroniClient(target, { timeoutMs: requestTimeoutMs }).config(signal);
    const redacted = redactDocument(document);
    if (!isJsonObject(redacted)) throw new ConnectError('invalid_data', 'Patroni answered /config with no object');
    return redacted;
  },
});
