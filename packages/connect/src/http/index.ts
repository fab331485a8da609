export { requestHttp, type HttpAnswer, type HttpCall, type HttpTarget } from './request.ts';
export { askAsStranger, readHttpTlsEndpoint, type StrangerAnswer } from './tls-endpoint.ts';
