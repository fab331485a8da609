/** A server line of a HAProxy service. */
export interface ServerState {
  readonly proxy: string;
  readonly server: string;
  readonly isUp: boolean;
}

/** The servers in HAProxy's own Prometheus text, by `haproxy_server_status{state="UP"}`. */
export function parseServerStates(text: string): readonly ServerState[] {
  return text.split('\n').flatMap((line) => {
    const match = /^haproxy_server_status\{proxy="([^"]*)",server="([^"]*)",state="UP"\} (\d+)/u.exec(line);
    if (match === null) return [];
    const [, proxy = '', server = '', value] = match;
    return [{ proxy, server, isUp: value === '1' }];
  });
}
