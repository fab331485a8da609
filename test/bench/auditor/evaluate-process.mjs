// Judges one filed run again and again, in the small heap that the auditor itself has; prints milliseconds as JSON.
// node evaluate-process.mjs FOLDER TIMES
import { loadInSmallHeap } from '@pgattest/runtime';

const [, , folder, times] = process.argv;
const { auditRules, assess, evaluate, readRun } = await loadInSmallHeap(() => import('@pgattest/audit'));
const { snapshot, manifest, evaluation } = await readRun(folder);
const warmUps = 20;
const measured = { evaluate: [], assess: [], cpu: [] };
const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
for (let at = -warmUps; at < Number(times); at += 1) {
  const cpuBefore = cpuMs();
  const began = performance.now();
  const findings = evaluate(auditRules.checks, snapshot, { params: evaluation.params, files: manifest.files });
  const evaluated = performance.now();
  const cpuAfter = cpuMs();
  assess(snapshot, manifest, evaluation, auditRules);
  const assessed = performance.now();
  if (at < 0) continue;
  measured.findings = findings.length;
  measured.evaluate.push(evaluated - began);
  measured.cpu.push(cpuAfter - cpuBefore);
  measured.assess.push(assessed - evaluated);
}
process.stdout.write(JSON.stringify({ ...measured, checks: auditRules.checks.length }));
