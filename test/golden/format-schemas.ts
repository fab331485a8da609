const text = { type: 'string', minLength: 1 } as const;
const uuid = { type: 'string', pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$' } as const;
const time = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$' } as const;
const message = { type: 'object', required: ['text'], properties: { text }, additionalProperties: false } as const;
const list = (items: object, minItems = 0) => ({ type: 'array', minItems, items });
const exactly = (required: readonly string[], properties: object) => ({
  type: 'object',
  required,
  properties,
  additionalProperties: false,
});
const open = (required: readonly string[], properties: object) => ({ type: 'object', required, properties });

/** What we use of SARIF 2.1.0, with its obligations and closed words (OASIS sarif-schema-2.1.0). */
export const sarifSchema = exactly(['$schema', 'version', 'runs'], {
  $schema: text,
  version: { const: '2.1.0' },
  runs: list(
    exactly(['tool', 'results'], {
      tool: exactly(['driver'], {
        driver: exactly(['name', 'rules'], {
          name: text,
          version: text,
          language: { type: 'string', pattern: '^[a-zA-Z]{2}(-[a-zA-Z]{2})?$' },
          rules: list(
            exactly(['id'], {
              id: text,
              shortDescription: message,
              fullDescription: message,
              help: message,
              defaultConfiguration: exactly([], { level: { enum: ['none', 'note', 'warning', 'error'] } }),
              properties: open([], { tags: { type: 'array', uniqueItems: true, items: text } }),
              relationships: list(
                exactly(['target', 'kinds'], {
                  target: exactly([], {
                    id: text,
                    toolComponent: exactly([], { name: text, index: { type: 'integer', minimum: 0 } }),
                  }),
                  kinds: list(text, 1),
                }),
              ),
            }),
          ),
        }),
      }),
      automationDetails: exactly([], { id: text, guid: uuid }),
      invocations: list(
        exactly(['executionSuccessful'], {
          executionSuccessful: { type: 'boolean' },
          startTimeUtc: time,
          endTimeUtc: time,
          toolExecutionNotifications: list(
            exactly(['message'], {
              level: { enum: ['none', 'note', 'warning', 'error'] },
              message,
              descriptor: exactly([], { id: text }),
            }),
          ),
        }),
      ),
      originalUriBaseIds: { type: 'object', additionalProperties: exactly([], { description: message }) },
      taxonomies: list(
        exactly(['name'], {
          name: text,
          version: text,
          shortDescription: message,
          taxa: list(exactly(['id'], { id: text, shortDescription: message, properties: { type: 'object' } })),
        }),
      ),
      results: list(
        exactly(['message', 'ruleId', 'ruleIndex', 'kind', 'level'], {
          ruleId: text,
          ruleIndex: { type: 'integer', minimum: 0 },
          guid: uuid,
          correlationGuid: uuid,
          kind: { enum: ['notApplicable', 'pass', 'fail', 'review', 'open', 'informational'] },
          level: { enum: ['none', 'note', 'warning', 'error'] },
          message,
          locations: list(
            exactly(['logicalLocations'], {
              logicalLocations: list(exactly([], { name: text, fullyQualifiedName: text, kind: text })),
              physicalLocation: exactly(['artifactLocation'], {
                artifactLocation: exactly([], { uri: text, uriBaseId: text }),
              }),
            }),
          ),
          partialFingerprints: { type: 'object', additionalProperties: text },
          baselineState: { enum: ['new', 'unchanged', 'updated', 'absent'] },
          suppressions: list(
            exactly(['kind'], {
              kind: { enum: ['inSource', 'external'] },
              status: { enum: ['accepted', 'underReview', 'rejected'] },
              justification: text,
            }),
          ),
          properties: open(['outcome'], { outcome: text }),
        }),
      ),
      columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
      properties: { type: 'object' },
    }),
    1,
  ),
});

const token = { type: 'string', pattern: '^(\\p{L}|_)(\\p{L}|\\p{N}|[.\\-_])*$' } as const;
const line = { type: 'string', pattern: '^\\S(.*\\S)?$' } as const;
const props = list(exactly(['name', 'value'], { name: token, ns: { type: 'string', pattern: '^[a-z]+:.+$' }, value: line }), 1);

/** What we use of OSCAL assessment results, with its obligations and patterns (NIST OSCAL 1.1.2 JSON schema). */
export const oscalSchema = exactly(['assessment-results'], {
  'assessment-results': exactly(['uuid', 'metadata', 'import-ap', 'results'], {
    uuid,
    metadata: exactly(['title', 'last-modified', 'version', 'oscal-version'], {
      title: text,
      'last-modified': time,
      version: line,
      'oscal-version': { const: '1.1.2' },
      props,
    }),
    'import-ap': exactly(['href'], { href: { type: 'string', pattern: '^#[0-9a-f-]{36}$' } }),
    results: list(
      exactly(['uuid', 'title', 'description', 'start', 'reviewed-controls'], {
        uuid,
        title: text,
        description: text,
        start: time,
        end: time,
        props,
        'local-definitions': exactly([], {
          components: list(
            exactly(['uuid', 'type', 'title', 'description', 'status'], {
              uuid,
              type: line,
              title: text,
              description: text,
              props,
              status: exactly(['state'], {
                state: { enum: ['under-development', 'operational', 'disposition', 'other'] },
              }),
            }),
            1,
          ),
        }),
        'reviewed-controls': exactly(['control-selections'], {
          'control-selections': list(
            exactly([], { description: text, 'include-controls': list(exactly(['control-id'], { 'control-id': token }), 1) }),
            1,
          ),
        }),
        observations: list(
          exactly(['uuid', 'description', 'methods', 'collected'], {
            uuid,
            title: text,
            description: text,
            props,
            methods: list({ enum: ['EXAMINE', 'INTERVIEW', 'TEST'] }, 1),
            types: list(token, 1),
            subjects: list(exactly(['subject-uuid', 'type'], { 'subject-uuid': uuid, type: token, title: text }), 1),
            'relevant-evidence': list(exactly(['description'], { href: text, description: text, props, remarks: text }), 1),
            collected: time,
            remarks: text,
          }),
          1,
        ),
        findings: list(
          exactly(['uuid', 'title', 'description', 'target'], {
            uuid,
            title: text,
            description: text,
            props,
            target: exactly(['type', 'target-id', 'status'], {
              type: { enum: ['statement-id', 'objective-id'] },
              'target-id': token,
              status: exactly(['state'], {
                state: { enum: ['satisfied', 'not-satisfied'] },
                reason: { enum: ['pass', 'fail', 'other'] },
              }),
              'implementation-status': exactly(['state'], { state: token }),
            }),
            'related-observations': list(exactly(['observation-uuid'], { 'observation-uuid': uuid }), 1),
            remarks: text,
          }),
          1,
        ),
      }),
      1,
    ),
    'back-matter': exactly([], {
      resources: list(exactly(['uuid'], { uuid, title: text, description: text }), 1),
    }),
  }),
});

const count = { type: 'integer', minimum: 0 } as const;

/** What we use of an OCSF 1.5 compliance finding, with its obligations and closed numbers. */
export const ocsfSchema = exactly(
  [
    'activity_id',
    'category_uid',
    'class_uid',
    'compliance',
    'finding_info',
    'metadata',
    'severity_id',
    'time',
    'type_uid',
    'status_id',
    'resources',
  ],
  {
    activity_id: { enum: [1, 2, 3] },
    activity_name: { enum: ['Create', 'Update', 'Close'] },
    category_uid: { const: 2 },
    category_name: { const: 'Findings' },
    class_uid: { const: 2003 },
    class_name: { const: 'Compliance Finding' },
    type_uid: { enum: [200301, 200302, 200303] },
    type_name: text,
    time: count,
    severity_id: { enum: [0, 1, 2, 3, 4, 5, 6, 99] },
    severity: text,
    status_id: { enum: [0, 1, 2, 3, 4, 99] },
    status: text,
    message: text,
    metadata: exactly(['product', 'version'], {
      version: { const: '1.5.0' },
      uid: uuid,
      correlation_uid: text,
      event_code: text,
      product: exactly(['vendor_name'], { name: text, vendor_name: text, version: text }),
    }),
    finding_info: exactly(['uid', 'title'], {
      uid: uuid,
      title: text,
      desc: text,
      types: list(text, 1),
      first_seen_time: count,
      last_seen_time: count,
      analytic: exactly(['type_id'], { uid: text, name: text, type: { const: 'Rule' }, type_id: { const: 1 } }),
    }),
    compliance: exactly(['control', 'standards'], {
      control: text,
      standards: list(text, 1),
      requirements: list(text),
      status_id: { enum: [0, 1, 2, 3, 99] },
      status: { enum: ['Unknown', 'Pass', 'Warning', 'Fail', 'Other'] },
      status_code: text,
      status_detail: text,
    }),
    resources: list(exactly([], { uid: text, name: text, type: text }), 1),
    evidences: list(exactly([], { data: { type: 'object' } }), 1),
    remediation: exactly(['desc'], { desc: text }),
    unmapped: open(['outcome'], { outcome: text }),
  },
);
