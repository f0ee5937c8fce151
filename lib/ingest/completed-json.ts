/**
 * The first JSON value of a text that may be cut off: as it stands when it is whole, else up to its last complete member
 * with its open brackets closed; null when nothing can be made of it. For recognition only.
 */
export function completedJson(text: string): unknown {
  const closers: string[] = [];
  let inString = false;
  /** Where the value can be cut, and what closes it there; the latest few, as the last member may itself be broken. */
  let cut: { end: number; closing: string } | null = null;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (inString) {
      if (char === '\\') i++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{') closers.push('}');
    else if (char === '[') closers.push(']');
    else if (char === ',') cut = { end: i, closing: closers.toReversed().join('') };
    else if (char === '}' || char === ']') {
      if (closers.pop() !== char) return null;
      if (closers.length === 0) return parsed(text.slice(0, i + 1));
      if (closers.length <= 8) cut = { end: i + 1, closing: closers.toReversed().join('') };
    }
    if (closers.length > 200) return null;
  }
  return cut === null ? null : parsed(text.slice(0, cut.end) + cut.closing);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
