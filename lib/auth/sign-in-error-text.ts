const TEXTS = new Map([
  [
    'NoRole',
    'You are known to the sign-in provider, but none of your groups has a role in Bailiwick. Ask an administrator of Bailiwick to map one of them.',
  ],
  ['Disabled', 'This account is disabled. Ask an administrator of Bailiwick.'],
  ['AccessDenied', 'Access was refused.'],
  [
    'OAuthCallback',
    'The sign-in provider’s answer could not be trusted, so nobody was signed in. Try again.',
  ],
  ['Configuration', 'Sign-in is not configured correctly. Ask an administrator to look at the server’s log.'],
]);

/** What a person reads for an error code that next-auth puts into the address; the address itself is never shown. */
export function signInErrorText(code: string): string {
  return TEXTS.get(code) ?? 'Signing in did not work. Try again.';
}
