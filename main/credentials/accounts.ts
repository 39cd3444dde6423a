/**
 * The keychain account of a tenant's model key. Tenant and endpoint are part of its name: a key is found for exactly
 * the tenant and endpoint it was given for, and a changed endpoint finds none.
 */
export function modelKeyAccount(tenantId: string, endpoint: string): string {
  return `model:${tenantId}:${new URL(endpoint).origin}`;
}

/** The keychain account of a sign-in at a pipeline. */
export function pipelineTokenAccount(origin: string): string {
  return `pipeline:${origin}`;
}
