import type { Metadata } from 'next';
import { EntryFrame } from '#components/account/entry-frame.tsx';
import { InvitationForm } from '#components/account/invitation-form.tsx';
import { publicPage } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'Welcome' };

export default publicPage(() => (
  <EntryFrame title="Welcome" lead="Choose the password of your account.">
    <InvitationForm />
  </EntryFrame>
));
