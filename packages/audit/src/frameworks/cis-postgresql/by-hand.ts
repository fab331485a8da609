import type { ManualItem } from '../../framework.ts';

/** A section that no check looks at yet. */
export const byHand: ManualItem = {
  en: 'Follow the audit procedure of this section by hand.',
  zh: '按本节审计步骤人工核查。',
};

/** What is left of a section beside its checks. */
export const rest: ManualItem = {
  en: 'Compare the results with the text of this section; the checks look at part of it.',
  zh: '对照本节原文核对结果；检查项仅覆盖其中一部分。',
};
