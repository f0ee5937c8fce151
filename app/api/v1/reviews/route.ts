import { z } from 'zod';
import { listReviews } from '#lib/campaigns/read-reviews.ts';
import { REVIEW_STATES, reviewListSchema, SUBJECT_TYPES } from '#lib/campaigns/schema.ts';
import { filterOf, listQuery } from '#lib/core/list-query.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  permission: 'review.read',
  query: listQuery({
    sorts: ['risk'],
    isDescendingAtFirst: true,
    filters: {
      campaign: z.string().max(40).optional(),
      state: filterOf(REVIEW_STATES),
      type: filterOf(SUBJECT_TYPES),
      risky: z.stringbool().optional(),
      waiting: z.stringbool().default(false),
    },
  }),
  output: reviewListSchema,
  handle: ({ actor, query }) =>
    listReviews(actor, {
      campaign: query.campaign ?? null,
      states: query.state,
      types: query.type,
      risky: query.risky ?? null,
      waitingForMe: query.waiting,
      q: query.q,
      page: query.page,
      size: query.size,
    }),
});
