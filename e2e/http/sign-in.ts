import { baseUrl, pageHeaders, send, type Answer } from './send.ts';

export type RoleName = 'administrator' | 'security' | 'owner' | 'auditor';

/** Cookies of one browser. */
export class Cookies {
  readonly #values = new Map<string, string>();

  keep({ headers }: Answer): void {
    for (const line of headers['set-cookie'] ?? []) {
      const pair = line.split(';', 1)[0] ?? '';
      const split = pair.indexOf('=');
      this.#values.set(pair.slice(0, split), pair.slice(split + 1));
    }
  }

  get header(): string {
    return [...this.#values].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

/** How each role of the sample signs in, from what `bailiwick up --sample` printed. */
export function demoSignIn(role: RoleName): { email: string; password: string } {
  const line = new RegExp(`^ *${role} +(\\S+) +(\\S+)$`, 'm').exec(process.env['E2E_OUTPUT'] ?? '');
  if (line?.[1] === undefined || line[2] === undefined)
    throw new Error(`No sign-in was printed for ${role}.`);
  return { email: line[1], password: line[2] };
}

/** Signs in and gives the cookies. Throws when it is refused. */
export async function signIn({ email, password }: { email: string; password: string }): Promise<string> {
  const cookies = new Cookies();
  const answer = await postAuth('callback/credentials', { email, password }, cookies);
  if (answer.status !== 200) throw new Error(`The sign-in was refused: ${answer.status} ${answer.text}`);
  return cookies.header;
}

/** Ends the session of these cookies, which a thief would still have. */
export async function signOut(cookie: string): Promise<void> {
  const answer = await postAuth('signout', {}, new Cookies(), cookie);
  if (answer.status !== 200) throw new Error(`The sign-out was refused: ${answer.status} ${answer.text}`);
}

/** One action under /api/auth as our own pages ask for it. */
export async function postAuth(
  action: string,
  fields: object,
  cookies = new Cookies(),
  held = '',
): Promise<Answer> {
  const both = () => [held, cookies.header].filter((text) => text !== '').join('; ');
  const csrf = await send({ path: '/api/auth/csrf', headers: { cookie: both() } });
  cookies.keep(csrf);
  const { csrfToken } = JSON.parse(csrf.text) as { csrfToken: string };
  const answer = await send({
    method: 'POST',
    path: `/api/auth/${action}`,
    headers: { ...pageHeaders(), cookie: both() },
    body: JSON.stringify({ callbackUrl: baseUrl().origin, ...fields, csrfToken }),
  });
  cookies.keep(answer);
  return answer;
}
