import { AppError } from '#lib/core/errors.ts';
import { isObject } from '#lib/core/json.ts';
import { env } from '#lib/env.ts';
import { oidcIssuer } from './oidc-provider.ts';

const TIMEOUT_MS = 8_000;

/** Asks the provider's discovery document whether single sign-on can work, and says what is wrong in words. */
export async function checkProvider(): Promise<{ ok: boolean; detail: string }> {
  const issuer = oidcIssuer();
  if (issuer === undefined)
    throw new AppError('conflict', 'Single sign-on is not configured: OIDC_ISSUER is not set.');
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  try {
    const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) return { ok: false, detail: `${address} answered with status ${response.status}.` };
    return judge(await response.json(), issuer);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return { ok: false, detail: `${address} could not be read: ${reason}.` };
  }
}

function judge(document: unknown, issuer: string): { ok: boolean; detail: string } {
  if (!isObject(document)) return { ok: false, detail: 'The discovery document is not a JSON object.' };
  if (document['issuer'] !== issuer)
    return {
      ok: false,
      detail: `The provider calls itself “${String(document['issuer'])}”; OIDC_ISSUER must be exactly that.`,
    };
  const algorithms: unknown = document['id_token_signing_alg_values_supported'];
  const wanted = env().OIDC_SIGNING_ALG;
  if (Array.isArray(algorithms) && !algorithms.includes(wanted))
    return {
      ok: false,
      detail: `The provider does not sign with ${wanted}. Set OIDC_SIGNING_ALG to one of ${algorithms.join(', ')}.`,
    };
  return { ok: true, detail: 'The provider answers, names itself as configured and signs as agreed.' };
}
