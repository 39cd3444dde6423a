export { createChat, type Chat, type ChatOptions } from './chat.ts';
export { createTokenCounter, type TokenCounter } from './token-counter.ts';
