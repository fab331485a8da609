import { exitCode, generateSigningKey, RuntimeError, type CommandSpec } from '@pgattest/runtime';
import { textOption } from '../conduct/run-drills.ts';

/** `pgattest drill keygen`: the key that certificates are signed with. */
export const keygenCommand: CommandSpec = {
  name: 'keygen',
  summary: 'make the key that certificates are signed with, and its public half beside it',
  example: 'pgattest drill keygen --key /etc/pgattest/drill.key',
  options: [{ flags: '--key <file>', summary: 'where to write it (0600); the public half gets .pub' }],
  notes: 'Give the public half to the auditor by a way of its own; whoever has the private half can certify.',
  async run(context) {
    const file = textOption(context, 'key');
    if (file === undefined) throw new RuntimeError('usage', 'name the file to write: --key drill.key');
    const { keyFile, publicKeyFile, keyId } = await generateSigningKey(file);
    context.stdout.write(`private: ${keyFile}\npublic:  ${publicKeyFile}\nkey id:  ${keyId}\n`);
    return exitCode.ok;
  },
};
