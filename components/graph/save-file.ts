/** Hands a file to the browser's downloads: one made here, or one that an address answers with. */
export function saveFile(content: Blob | string, name: string): void {
  const href = typeof content === 'string' ? content : URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = href;
  link.download = name;
  link.click();
  if (typeof content !== 'string') setTimeout(() => URL.revokeObjectURL(href), 0);
}
