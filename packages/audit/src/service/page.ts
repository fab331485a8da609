import type { Language } from '../text.ts';
import type { Auditor } from './auditor.ts';
import type { RouteOptions } from './routes.ts';

export const renderServicePage = (auditor: Auditor, language: Language, options: RouteOptions): string =>
  `<!doctype html><title>${language} ${auditor.states.length} ${options.intervalMs}</title>`;
