export { modelKeyAccount, pipelineTokenAccount } from './accounts.ts';
export { createCredentials, type Credentials, type KeychainState } from './keychain.ts';
