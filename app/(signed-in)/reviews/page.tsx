import type { Metadata } from 'next';
import { ReviewList } from '#components/reviews/review-list.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { may } from '#lib/authz/actor.ts';
import { page } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'My reviews' };

export default page({ permission: 'review.read' }, ({ actor }) => (
  <PageBody>
    <PageHeader
      title="My reviews"
      description={
        actor.scope.kind === 'all'
          ? 'What has no reviewer, or whose reviewer says that it is not theirs.'
          : 'Five minutes a month: what your teams own, whether it is still needed, and what happens if not.'
      }
    />
    <ReviewList mayDecide={may(actor, 'review.decide')} />
  </PageBody>
));
