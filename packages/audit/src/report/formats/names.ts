/** Formats a report comes in on request, beside HTML, text and JSON. */
export const reportFormats = ['junit', 'sarif', 'csv', 'xlsx', 'oscal', 'ocsf', 'bilingual', 'pdf'] as const;

export type ReportFormat = (typeof reportFormats)[number];

/** Formats that are rendered from the model; `pdf` is printed from the HTML report by a browser. */
export type RenderedFormat = Exclude<ReportFormat, 'pdf'>;
