/** A connection string of one of these schemes with a host; null for anything else. `database`: it must name one (`mongodb://host/name`). */
export function serverAddress(
  text: string,
  schemes: readonly string[],
  { database }: { readonly database: boolean } = { database: false },
): string | null {
  const found = /^([a-z][a-z+]*):\/\/(?:[^/?#@]*@)?([^/?#@]+)(?:\/([^?#]*))?(?:\?[^#]*)?$/.exec(text);
  if (found === null) return null;
  const [, scheme = '', hosts = '', name = ''] = found;
  if (!schemes.includes(scheme) || !hosts.split(',').every(isHost)) return null;
  return !database || /^[^/\\. "$]{1,63}$/.test(name) ? text : null;
}

/** `host:port`, separated by commas. */
export function brokerList(text: string): readonly string[] | null {
  const brokers = text.split(',').map((one) => one.trim());
  return brokers.every((one) => isHost(one) && /:\d+$/.test(one)) ? brokers : null;
}

/** The address as it may be shown: without the name and the password of whoever connects, and without parameters, which may hold secrets. */
export const withoutCredentials = (address: string): string =>
  address.replace(/\/\/[^/?#]*@/, '//').replace(/[?#].*$/, '');

const isHost = (text: string): boolean => {
  const found = /^(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::(\d{1,5}))?$/.exec(text);
  return found !== null && (found[1] === undefined || (Number(found[1]) > 0 && Number(found[1]) <= 65_535));
};
