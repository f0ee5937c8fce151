const A = '111111111111';
/** Small valid records, for tests that change them at random. */
export const FIXTURES: readonly unknown[] = [
  {
    Content: `user,arn,user_creation_time,password_enabled,password_last_used,access_key_1_active,access_key_1_last_rotated\nu,arn:aws:iam::${A}:user/u,2024-01-01T00:00:00Z,true,N/A,true,2024-01-01T00:00:00Z\n`,
  },
];
