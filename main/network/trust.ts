import { X509Certificate } from 'node:crypto';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import { fail, ok, type Result } from '../../shared/errors/index.ts';

/**
 * Whom a TLS connection trusts: Node's own list, what NODE_EXTRA_CA_CERTS adds, the system's store and the company's file.
 * Made once, with the first connection: reading several hundred certificates takes a tenth of a second.
 */
export function createTrust(companyPem: string | null): () => SecureContext {
  let context: SecureContext | undefined;
  return () => (context ??= createSecureContext({ ca: certificates(companyPem) }));
}

function certificates(companyPem: string | null): string[] {
  const known = [...getCACertificates('default'), ...getCACertificates('system')];
  return companyPem === null ? known : [...known, companyPem];
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/** A certificate that cannot be read is said at the start: TLS would silently go on without it. */
export function checkCertificates(file: string, pem: string): Result<undefined> {
  const certificates = pem.match(CERTIFICATE) ?? [];
  for (const certificate of certificates) {
    try {
      new X509Certificate(certificate);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return fail('network_misconfigured', `A certificate in ${file} cannot be used (${why}).`);
    }
  }
  if (certificates.length > 0) return ok(undefined);
  return fail('network_misconfigured', `There is no certificate in ${file}. It must hold them as PEM.`);
}
