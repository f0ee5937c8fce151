import type { Metadata } from 'next';
import { ReviewPage } from '#components/reviews/review-page.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { page } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'Review' };

export default page({ permission: 'review.read' }, ({ params }) => (
  <PageBody>
    <ReviewPage id={params['id'] ?? ''} />
  </PageBody>
));
