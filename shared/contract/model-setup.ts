import type { ErrorCode } from '../errors/index.ts';

/** What came of asking the model one small question. */
export interface ModelTest {
  ok: boolean;
  /** One sentence for a person: that it works, or what is wrong and what to do. */
  message: string;
  /** The failure's code, null where it works. */
  code: ErrorCode | null;
  /** Why in one word (`key`, `no_deployment`, `dns`, `proxy`, `certificate_authority`, `quota`, …), null where it works. */
  reason: string | null;
  /** Which model was asked: deployment and host; null where none is configured. */
  model: string | null;
  took_ms: number;
  /** What the model does not take and is spared from now on. */
  left_out: string[];
}

/** What a set-up code did: took over the endpoint for the company, kept its key on this machine. */
export interface SetUpAnswer {
  endpoint: string;
  deployment: string;
  configured: boolean;
  key_kept: boolean;
}
