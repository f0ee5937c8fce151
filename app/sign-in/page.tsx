import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { EntryFrame } from '#components/account/entry-frame.tsx';
import { SignInForm } from '#components/account/sign-in-form.tsx';
import { authenticatePage } from '#lib/auth/authenticate.ts';
import { hasOidc } from '#lib/auth/oidc-provider.ts';
import { isSetUp } from '#lib/auth/setup.ts';
import { signInErrorText } from '#lib/auth/sign-in-error-text.ts';
import { env } from '#lib/env.ts';
import { publicPage } from '#lib/http/page.ts';
import { safeReturnPath } from '#lib/http/public-url.ts';

export const metadata: Metadata = { title: 'Sign in' };

export default publicPage(async ({ searchParams }) => {
  const { from, error, callbackUrl } = searchParams;
  const wanted = [from, callbackUrl].find((value) => typeof value === 'string');
  const returnTo = safeReturnPath(typeof wanted === 'string' ? wanted : null);
  if (!(await isSetUp())) redirect('/setup');
  if ((await authenticatePage(await headers())) !== null) redirect(returnTo);
  return (
    <EntryFrame title="Sign in">
      <SignInForm
        returnTo={returnTo}
        singleSignOn={hasOidc() ? env().OIDC_NAME : null}
        problem={typeof error === 'string' ? signInErrorText(error) : undefined}
      />
    </EntryFrame>
  );
});
