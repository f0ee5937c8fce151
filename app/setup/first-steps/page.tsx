import type { Metadata } from 'next';
import { EntryFrame } from '#components/account/entry-frame.tsx';
import { FirstSteps } from '#components/account/first-steps.tsx';
import { page } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'First steps' };

export default page({ permission: 'settings.manage' }, () => (
  <EntryFrame title="Bailiwick is ready" lead="It needs an inventory before it can show anything.">
    <FirstSteps />
  </EntryFrame>
));
