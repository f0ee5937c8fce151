/** One rule of a CODEOWNERS file, or the default owners that a GitLab section heading sets. */
export type OwnerLine =
  { kind: 'rule'; pattern: string; owners: string[] } | { kind: 'section'; name: string; owners: string[] };

const SECTION = /^\^?\[([^\]]{1,200})\](?:\[\d+\])?\s*(.*)$/;

/**
 * Reads a line: `#` starts a comment, also after a rule; `\ ` and `\#` belong to the pattern; owners are `@user`,
 * `@org/team` or a mail address. Null for a blank line or a comment.
 */
export function parseOwnerLine(line: string): OwnerLine | null {
  const section = SECTION.exec(line.trim());
  if (section) return { kind: 'section', name: section[1] ?? '', owners: ownersIn(words(section[2] ?? '')) };
  const [pattern, ...rest] = words(line);
  if (pattern === undefined) return null;
  return { kind: 'rule', pattern, owners: ownersIn(rest) };
}

function words(line: string): string[] {
  const found: string[] = [];
  let word = '';
  for (let index = 0; index < line.length; index += 1) {
    const char = line.charAt(index);
    if (char === '\\' && index + 1 < line.length) {
      word += line.charAt((index += 1));
    } else if (char === '#' && word === '') break;
    else if (/\s/.test(char)) {
      if (word !== '') found.push(word);
      word = '';
    } else word += char;
  }
  if (word !== '') found.push(word);
  return found;
}

const ownersIn = (candidates: readonly string[]): string[] =>
  candidates.filter((one) => /^@[\w./-]+$/.test(one) || /^[^@\s]+@[^@\s]+$/.test(one));
