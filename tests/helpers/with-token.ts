/** The headers of a request with a bearer token; a body is JSON unless the request says otherwise. */
export function withToken(init: RequestInit, token: string): Headers {
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${token}`);
  if (init.body !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json');
  return headers;
}
