export { requestHttp, type HttpAnswer, type HttpCall, type HttpTarget } from './request.ts';
