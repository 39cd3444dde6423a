/** May this address be offered to the system's browser or mail program? Only absolute https and mailto. */
export function isOpenable(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'mailto:');
}
