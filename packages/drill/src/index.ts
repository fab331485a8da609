export * from './certificate/certificate.ts';
export { certificateSchema } from './certificate/certificate-schema.ts';
export { verifyCertificate, type Verification } from './certificate/sign.ts';
export { drillCommands } from './commands/index.ts';
