import { stringify } from 'yaml';

/**
 * A document as YAML that readers of YAML 1.1 (Python, Go) understand alike: `on`, `off` and `0600` as strings are
 * quoted.
 */
export function renderYaml(document: unknown): string {
  return stringify(document, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false });
}
