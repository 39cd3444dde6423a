/** The message from the shell to a service's host that ends the service's stdin, see `service-host.ts`. */
export const END_STDIN = 'end-stdin';
