import type { Outcome } from '../facts.ts';
import { part, text, type Trail } from './trail-event.ts';

const DENIED =
  /AccessDenied|UnauthorizedOperation$|^Forbidden|NotAuthorized|^Unauthorized|AuthFailure|OptInRequired/;

/** No error code is success; codes of refusal are told from those of failure. */
export function outcomeOf(event: Trail): Outcome {
  const code = text(event, 'errorCode');
  if (code !== undefined) return DENIED.test(code) || isRefusal(event) ? 'denied' : 'failed';
  const response = part(event, 'responseElements');
  return response !== undefined && text(response, 'ConsoleLogin') === 'Failure' ? 'denied' : 'allowed';
}

const isRefusal = (event: Trail): boolean =>
  text(event, 'errorMessage')?.slice(0, 2_000).includes('is not authorized to perform') === true;
