import { say } from '../../grafana/text.ts';

/** Why a panel about repositories has nothing to show. */
export const noBackrest = say('no pgBackRest exporter is scraped', '未采集 pgBackRest');
