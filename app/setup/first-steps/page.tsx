import type { Metadata } from 'next';
import { EntryFrame } from '#components/account/entry-frame.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { page } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'First steps' };

export default page({ permission: 'source.manage' }, () => (
  <EntryFrame title="Bailiwick is ready" lead="It needs an inventory before it can show anything.">
    <div className="grid gap-3">
      <LinkButton href="/sources" tone="primary">
        Import files
      </LinkButton>
      <LinkButton href="/sources?sample=offer">Load the sample organisation</LinkButton>
      <LinkButton href="/settings/users" tone="quiet">
        Invite people first
      </LinkButton>
    </div>
  </EntryFrame>
));
