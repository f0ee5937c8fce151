import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { EntryFrame } from '#components/account/entry-frame.tsx';
import { SetupForm } from '#components/account/setup-form.tsx';
import { isSetUp } from '#lib/auth/setup.ts';
import { publicPage } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'Set up' };

export default publicPage(async () => {
  if (await isSetUp()) redirect('/sign-in');
  return (
    <EntryFrame
      title="Set up Bailiwick"
      lead="Create the first administrator. Everybody else is invited later."
    >
      <SetupForm />
    </EntryFrame>
  );
});
