import { defaultSite, type Site } from '@pgattest/monitoring';

/** The committed rules, and a virtual address: without one there are no alerts on any. */
export const siteOfScenarios: Site = { ...defaultSite, vips: { 'pg-test': '198.51.100.50' } };
