/**
 * What the shell says to a service's host (`service-host.ts`): its stdin ends, which lets it go on until nothing is left to do,
 * or it is to stop now, as by SIGTERM. Windows has no such signal, and a utility process no stdin.
 */
export const SERVICE_MESSAGES = { endStdin: 'end-stdin', stop: 'stop' } as const;
