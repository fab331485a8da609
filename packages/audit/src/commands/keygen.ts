import { exitCode, generateSigningKey, RuntimeError, type CommandSpec } from '@pgattest/runtime';
import { findText } from './source.ts';

/** `pgattest audit keygen`: the key that the records of runs are signed with. */
export const keygenCommand: CommandSpec = {
  name: 'keygen',
  summary: 'make the key that runs and attestations are signed with, and its public half beside it',
  example: 'pgattest audit keygen --key /etc/pgattest/audit.key',
  options: [{ flags: '--key <file>', summary: 'where to write it (0600); the public half gets .pub' }],
  notes: 'Name the file as signing_key. Give the public half to the assessor by a way of its own.',
  async run({ options, stdout }) {
    const file = findText(options, 'key');
    if (file === undefined) throw new RuntimeError('usage', 'name the file to write: --key audit.key');
    const { keyFile, publicKeyFile, keyId } = await generateSigningKey(file);
    stdout.write(`private: ${keyFile}\npublic:  ${publicKeyFile}\nkey id:  ${keyId}\n`);
    return exitCode.ok;
  },
};
