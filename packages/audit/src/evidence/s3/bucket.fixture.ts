import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** How the double misbehaves; each may be changed while it runs. */
export interface BucketFaults {
  /** Answers of the next requests, instead of doing them. */
  next: number[];
  /** The next PUT is done, and its answer lost. */
  losesAnswer: boolean;
  /** If-None-Match is taken and ignored, as older services do. */
  ignoresConditions: boolean;
  /** Keys a page holds. */
  pageSize: number;
}

export interface Bucket {
  readonly endpoint: string;
  readonly objects: Map<string, Buffer>;
  readonly faults: BucketFaults;
  /** Requests by what they were: `PUT /evidence/key`. */
  readonly requests: string[];
  readonly close: () => Promise<void>;
}

/** A bucket `evidence` on loopback: GET, PUT with If-None-Match, ListObjectsV2 with delimiter and pages, and S3's errors. */
export async function startBucket(): Promise<Bucket> {
  const objects = new Map<string, Buffer>();
  const requests: string[] = [];
  const faults: BucketFaults = { next: [], losesAnswer: false, ignoresConditions: false, pageSize: 1000 };
  const server = createServer((request, response) => {
    void answer(request, response, { objects, requests, faults });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    objects,
    faults,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

type State = Pick<Bucket, 'objects' | 'requests' | 'faults'>;

async function answer(request: IncomingMessage, response: ServerResponse, state: State): Promise<void> {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  await new Promise((resolve) => {
    request.on('end', resolve);
  });
  const { objects, requests, faults } = state;
  const url = new URL(request.url ?? '/', 'http://bucket');
  const [, bucket, ...rest] = url.pathname.split('/').map(decodeURIComponent);
  const key = rest.join('/');
  requests.push(`${request.method ?? ''} ${url.pathname}`);
  const refuse = (status: number, code: string): void => {
    response
      .writeHead(status)
      .end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code} &amp; so on</Message></Error>`);
  };
  const fault = faults.next.shift();
  if (fault !== undefined) return refuse(fault, 'SlowDown');
  if (request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 Credential=key/') !== true)
    return refuse(403, 'AccessDenied');
  if (bucket !== 'evidence') return refuse(404, 'NoSuchBucket');
  if (request.method === 'PUT') {
    const isConditional = request.headers['if-none-match'] === '*' && !faults.ignoresConditions;
    if (isConditional && objects.has(key)) return refuse(412, 'PreconditionFailed');
    objects.set(key, Buffer.concat(chunks));
    if (faults.losesAnswer) {
      faults.losesAnswer = false;
      request.socket.destroy();
      return;
    }
    response.writeHead(200).end();
    return;
  }
  if (key === '' && url.searchParams.get('list-type') === '2') {
    response.writeHead(200).end(listing(url.searchParams, state));
    return;
  }
  const found = objects.get(key);
  if (found === undefined) return refuse(404, 'NoSuchKey');
  response.writeHead(200).end(found);
}

/** One page: the continuation token is the last entry of the page before. */
function listing(query: URLSearchParams, { objects, faults }: State): string {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter');
  const entries = new Set(
    [...objects.keys()]
      .filter((key) => key.startsWith(prefix))
      .map((key) => {
        const end = delimiter === null ? -1 : key.indexOf(delimiter, prefix.length);
        return end === -1 ? key : key.slice(0, end + 1);
      }),
  );
  const after = query.get('continuation-token') ?? '';
  const sorted = [...entries].toSorted((a, b) => (a < b ? -1 : 1)).filter((entry) => entry > after);
  const page = sorted.slice(0, faults.pageSize);
  const isTruncated = page.length < sorted.length;
  const body = page.map((entry) =>
    delimiter !== null && entry.endsWith(delimiter)
      ? `<CommonPrefixes><Prefix>${entry}</Prefix></CommonPrefixes>`
      : `<Contents><Key>${entry}</Key></Contents>`,
  );
  const next = isTruncated ? `<NextContinuationToken>${page.at(-1) ?? ''}</NextContinuationToken>` : '';
  return `<?xml version="1.0"?><ListBucketResult><Prefix>${prefix}</Prefix><IsTruncated>${isTruncated}</IsTruncated>${next}${body.join('')}</ListBucketResult>`;
}
