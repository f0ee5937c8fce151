import { ApiProblem } from '#lib/query/fetch-json.ts';

/** What an ErrorState shows of an error. */
export function problemText(error: Error): { title: string; detail: string; requestId: string | undefined } {
  if (error instanceof ApiProblem)
    return { title: error.title, detail: error.message, requestId: error.requestId };
  return {
    title: 'This part of the page could not be shown',
    detail: 'Try again. If it stays, reload the page.',
    requestId: undefined,
  };
}
