/** Secrets that live as long as this process. */
export function createSessionMemory() {
  const secrets = new Map<string, string>();
  return {
    get: (account: string): string | null => secrets.get(account) ?? null,
    set: (account: string, secret: string): void => void secrets.set(account, secret),
    isEmpty: (): boolean => secrets.size === 0,
    delete: (account: string): void => void secrets.delete(account),
  };
}
