import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { EntryFrame } from '#components/account/entry-frame.tsx';
import { SignOutForm } from '#components/account/sign-out-form.tsx';
import { publicPage } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'Sign out' };

/** Signs out at once when one of our own pages leads here; a link from elsewhere is asked about first. */
export default publicPage(async () => {
  const isOurs = (await headers()).get('sec-fetch-site') === 'same-origin';
  return (
    <EntryFrame title="Sign out">
      <SignOutForm isAtOnce={isOurs} />
    </EntryFrame>
  );
});
