/** Request headers that have let requests past a gate, in this framework or in others. */
export const BYPASSES: readonly Record<string, string>[] = [
  { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
  { 'x-middleware-subrequest': Array.from({ length: 5 }, () => 'src/middleware').join(':') },
  {
    'x-middleware-rewrite': '/api/health',
    'x-middleware-next': '1',
    'x-middleware-override-headers': 'cookie',
  },
  { 'x-middleware-set-cookie': 'a=b', 'x-middleware-request-authorization': 'Bearer x' },
  { 'x-nextjs-data': '1', 'x-nextjs-matched-path': '/sign-in', 'x-matched-path': '/sign-in' },
  { 'x-invoke-path': '/sign-in', 'x-invoke-status': '200', 'x-now-route-matches': '1' },
  { 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '127.0.0.1', 'x-forwarded-user': 'administrator' },
  {
    'x-forwarded-host': 'localhost',
    'x-forwarded-proto': 'https',
    'x-original-url': '/sign-in',
    'x-rewrite-url': '/sign-in',
  },
  { 'x-bailiwick-path': '/sign-in', 'x-nonce': 'known', 'x-http-method-override': 'GET' },
  { 'x-prerender-revalidate': 'x', 'next-resume': '1', 'x-next-revalidated-tags': 'all' },
  { authorization: 'Bearer', cookie: 'bailiwick.session=administrator; next-auth.session-token=x' },
  { authorization: `Bearer bwk_${'0'.repeat(38)}` },
];
