import { canonicalJson } from '../evidence/canonical-json.ts';
import type { Report } from './model.ts';

/** The whole report as canonical JSON (sorted keys, UTF-8, newline at the end), both languages inside; see `schema.ts`. */
export const renderJson = (report: Report): string => canonicalJson(report);
