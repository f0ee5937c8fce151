import type { Metadata } from 'next';
import { RevocationBoard } from '#components/revocations/revocation-board.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { may } from '#lib/authz/actor.ts';
import { page } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'Revocations' };

export default page({ permission: 'revocation.read' }, ({ actor }) => (
  <PageBody>
    <PageHeader
      title="Revocations"
      description="Rehearsed on real usage, approved by a second person, executed, and proven by the next import."
      actions={
        may(actor, 'revocation.request') && (
          <>
            {may(actor, 'settings.manage') && (
              <LinkButton href="/revocations/webhooks" tone="quiet">
                Receivers of orders
              </LinkButton>
            )}
            <LinkButton href="/revocations/new">Ask for one</LinkButton>
            <LinkButton href="/revocations/emergency" tone="danger">
              A credential leaked
            </LinkButton>
          </>
        )
      }
    />
    <RevocationBoard />
  </PageBody>
));
