/** File of a run that holds what shaped the verdicts besides the observations. */
export const evaluationFile = 'evaluation.json';
