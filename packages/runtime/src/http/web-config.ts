import { positionOf, type ConfigIssue } from '../config/issue.ts';
import { parseConfig, type ParsedConfig } from '../config/load.ts';
import { loadYaml } from '../lazy-library.ts';
import { webConfigSchema, type TlsSection, type WebConfigDocument } from './web-config-schema.ts';

interface Fault {
  readonly path: readonly string[];
  readonly message: string;
}

const tlsPath = 'tls_server_config';

/** Reads and checks a web configuration file; an empty one means plain HTTP for everybody. */
export function parseWebConfig(text: string, file: string): ParsedConfig<WebConfigDocument> {
  const parsed = parseConfig<WebConfigDocument>({ text, file, schema: webConfigSchema });
  if (!parsed.ok) return parsed;
  const faults = [...tlsFaults(parsed.value.tls_server_config), ...userFaults(parsed.value)];
  if (faults.length === 0) return parsed;
  const { LineCounter, parseDocument } = loadYaml();
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, version: '1.2', merge: true });
  const issues = faults.map(({ path, message }): ConfigIssue => ({
    file,
    ...positionOf(document, lineCounter, path, undefined),
    path: `/${path.join('/')}`,
    message,
  }));
  return { ok: false, issues: issues.toSorted((a, b) => a.line - b.line || a.column - b.column) };
}

/** Whether the file asks for TLS: one of certificate, key, client authority and client authentication is there. */
export function asksForTls(tls: TlsSection | undefined): tls is TlsSection {
  if (tls === undefined) return false;
  const { cert, cert_file, key, key_file, client_ca, client_ca_file, client_auth_type } = tls;
  return [cert, cert_file, key, key_file, client_ca, client_ca_file, client_auth_type].some(
    (value) => value !== undefined,
  );
}

function tlsFaults(tls: TlsSection | undefined): readonly Fault[] {
  if (!asksForTls(tls)) return [];
  const faults: Fault[] = [];
  const fault = (key: string | undefined, message: string): void => {
    faults.push({ path: key === undefined ? [tlsPath] : [tlsPath, key], message });
  };
  if (tls.cert_file === undefined && tls.cert === undefined) fault(undefined, 'needs cert_file (or cert)');
  if (tls.key_file === undefined && tls.key === undefined) fault(undefined, 'needs key_file (or key)');
  const authority = tls.client_ca_file ?? tls.client_ca;
  const type = tls.client_auth_type ?? 'NoClientCert';
  if (authority !== undefined && type === 'NoClientCert') {
    fault(
      tls.client_ca_file === undefined ? 'client_ca' : 'client_ca_file',
      'is of no use without client_auth_type: RequireAndVerifyClientCert or VerifyClientCertIfGiven',
    );
  }
  if (authority === undefined && /Verify/.test(type)) {
    fault('client_auth_type', 'needs client_ca_file (or client_ca) to verify with');
  }
  if ((tls.client_allowed_sans ?? []).length > 0 && type !== 'RequireAndVerifyClientCert') {
    fault('client_allowed_sans', 'needs client_auth_type: RequireAndVerifyClientCert');
  }
  if ((tls.min_version ?? 'TLS12') > (tls.max_version ?? 'TLS13')) {
    fault(tls.min_version === undefined ? 'max_version' : 'min_version', 'leaves no TLS version to speak');
  }
  return faults;
}

function userFaults({ basic_auth_users: users, rate_limit: limit }: WebConfigDocument): readonly Fault[] {
  const faults = Object.entries(users ?? {}).flatMap(([user, hash]): readonly Fault[] =>
    // A cost of 4 to 31 and 53 characters of salt and hash; the value itself is never shown.
    /^\$2[aby]\$(?:0[4-9]|[12]\d|3[01])\$[./A-Za-z0-9]{53}$/.test(hash)
      ? []
      : [
          {
            path: ['basic_auth_users', user],
            message: 'is no bcrypt hash; make one with: htpasswd -nBC 10 "" | tr -d ":\\n"',
          },
        ],
  );
  const hasInterval = limit?.interval !== undefined && limit.interval !== 0 && limit.interval !== '0s';
  if (!hasInterval || (limit.burst ?? 0) > 0) return faults;
  return [...faults, { path: ['rate_limit'], message: 'needs a burst of at least 1, or nothing is ever answered' }];
}
