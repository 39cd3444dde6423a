/**
 * Every stable error code of Renderdesk with its HTTP status and the sentence a person reads when nothing more
 * exact is known. A code without a status does not compile; clients may rely on the codes, never on the sentences.
 */
export const ERROR_CODES = {
  // Requests
  bad_request: { status: 400, message: 'The request could not be read. Check its body and parameters.' },
  validation_failed: { status: 400, message: 'Some fields are not valid. Correct the fields named and send it again.' },
  unauthorized: { status: 401, message: 'You are signed out. Sign in again.' },
  wrong_credentials: { status: 401, message: 'The e-mail address or the password is wrong.' },
  code_unusable: {
    status: 400,
    message:
      'This code cannot be used: it is wrong, used or expired, or its e-mail address already signs in here. Ask your ' +
      'admin for a new code, or for one to another address.',
  },
  forbidden: { status: 403, message: 'Your role does not allow this. Ask an admin of your company.' },
  not_found: { status: 404, message: 'There is nothing here by that id.' },
  method_not_allowed: { status: 405, message: 'This address does not take that method.' },
  not_acceptable: { status: 406, message: 'This address cannot answer in that format.' },
  payload_too_large: { status: 413, message: 'The body is too large. Send it in smaller parts.' },
  unsupported_media_type: { status: 415, message: 'Send the body as application/json.' },
  range_not_satisfiable: { status: 416, message: 'There are no bytes in the range asked for.' },
  header_too_large: { status: 431, message: 'The address or the headers are too long. Shorten them.' },
  rate_limited: { status: 429, message: 'Too many requests. Wait a moment and try again.' },
  internal_error: { status: 500, message: 'Something went wrong on our side. Try again; the log says what.' },
  unavailable: { status: 503, message: 'The service is starting or stopping. Try again in a moment.' },
  // Changes
  key_reused: { status: 409, message: 'This idempotency key was used for another request. Use a new key.' },
  in_flight: { status: 409, message: 'The same request is still running. Ask again in a moment.' },
  key_required: { status: 400, message: 'Send an Idempotency-Key header with every change.' },
  snapshot_changed: {
    status: 409,
    message: 'The data changed since the preview. Look at the new effect and decide again.',
  },
  illegal_state: { status: 409, message: 'The order is in a state that does not allow this.' },
  state_conflict: { status: 409, message: 'Somebody else changed this first. Reload and try again.' },
  // Orders
  unknown_output_type: { status: 400, message: 'There is no output type of that name.' },
  unknown_material: { status: 400, message: 'There is no material of that name in the library.' },
  empty_order: { status: 400, message: 'An order needs at least one product.' },
  unknown_products: { status: 400, message: 'Some products do not exist.' },
  selection_expired: { status: 404, message: 'The selection is gone. Search again to make a new one.' },
  image_not_ready: { status: 404, message: 'The image is not there yet.' },
  image_lost: { status: 410, message: 'The image file is gone or damaged. Render it again.' },
  // Image stores, databases and backups
  storage_full: { status: 507, message: 'There is no space left for images. Make room and try again.' },
  storage_unavailable: { status: 503, message: 'The store of the images cannot be used. Try again in a moment.' },
  database_unreachable: { status: 503, message: 'The database cannot be reached. Check its address and that it runs.' },
  database_unusable: { status: 503, message: 'The database cannot be used as it is. The message says what to do.' },
  backup_refused: { status: 400, message: 'The backup cannot be read. Use another one.' },
  // Renders
  part_not_drawable: {
    status: 422,
    message: 'This part cannot be drawn from its dimensions. Correct the dimensions of the product.',
  },
  unmapped_material: {
    status: 422,
    message: 'A part of the product has no render material. Map its CAD material or set a material override.',
  },
  renderer_timeout: {
    status: 422,
    message: 'The render took too long and was stopped. Order fewer samples or a smaller size.',
  },
  renderer_crashed: {
    status: 422,
    message: 'The renderer ended before the image was finished. Retry the failed renders; the log says more.',
  },
  renderer_missing: { status: 503, message: 'The renderer is not installed on this machine.' },
  // Read-only SQL
  query_refused: { status: 400, message: 'Only one SELECT over the documented views is allowed.' },
  query_failed: { status: 400, message: 'The query has an error.' },
  query_timeout: { status: 400, message: 'The query took too long. Narrow it down.' },
  query_busy: { status: 429, message: 'Too many queries are running. Try again in a moment.' },
  // The assistant
  ai_disabled: { status: 403, message: 'The assistant is switched off for your company. Ask your admin.' },
  ai_not_configured: {
    status: 409,
    message: 'AI not configured — ask your admin to set up Azure OpenAI in Tenant Settings',
  },
  ai_key_missing: { status: 409, message: "Enter your company's Azure OpenAI key in Settings > AI" },
  token_limit_reached: {
    status: 409,
    message: "This month's token limit of your company is reached. Ask your admin to raise it.",
  },
  turn_running: { status: 409, message: 'The assistant is still answering in this chat. Wait for it or stop it.' },
  approval_gone: { status: 409, message: 'This approval was already decided or has expired.' },
  approval_changed: {
    status: 409,
    message: 'What waits is no longer what you looked at. Look at the new effect and decide again.',
  },
  grant_gone: {
    status: 409,
    message: 'The standing approval was revoked, is used up, or does not cover this. The change asks as usual.',
  },
  call_not_running: { status: 409, message: 'This change is not approved to run now. It waits or was called off.' },
  model_unauthorized: { status: 502, message: 'The model refused the key. Enter the right key in Settings > AI.' },
  model_not_found: { status: 502, message: 'The model endpoint knows no such deployment. Check Tenant Settings.' },
  model_rate_limited: { status: 502, message: 'The model is busy (rate limit). Try again later.' },
  model_quota_used_up: {
    status: 502,
    message: "The model's quota is used up, or its account is not paid. Ask who runs the model endpoint.",
  },
  model_filtered: { status: 502, message: "The model's content filter stopped this. Word it differently." },
  model_context_too_long: { status: 502, message: 'The conversation is too long for the model. Start a new one.' },
  model_timeout: { status: 502, message: 'The model did not answer in time. Try again.' },
  model_unreachable: { status: 502, message: 'The model endpoint cannot be reached. Check network and endpoint.' },
  model_failed: { status: 502, message: 'The model answered with an error. Try again.' },
  step_limit: { status: 502, message: 'The assistant took too many steps and was stopped. Ask for less at once.' },
  interrupted: { status: 409, message: 'The answer was interrupted. Send the message again to go on.' },
  stopped: { status: 409, message: 'You stopped the answer.' },
  // The desk
  pipeline_unreachable: {
    status: 502,
    message: 'The render pipeline cannot be reached. Check that it runs and the network.',
  },
  insecure_endpoint: { status: 400, message: 'The address must be https. Plain http is allowed on this machine only.' },
  network_misconfigured: { status: 400, message: 'The network settings cannot be used. The message says what to do.' },
  no_keychain: {
    status: 503,
    message: 'This machine has no keychain that can be used. The key is kept for this run only.',
  },
  keychain_locked: {
    status: 503,
    message:
      "This machine's keychain is locked. Unlock it; a key that is entered until then is kept for this run only.",
  },
  file_unreadable: {
    status: 400,
    message: 'The file cannot be read. Use a CSV or XLSX file with one product in each row.',
  },
  nothing_found: { status: 400, message: 'None of the references in the list is a product.' },
} as const satisfies Record<string, { status: number; message: string }>;

/** A stable error code, the same on REST, IPC, in the journal and in the terminal. */
export type ErrorCode = keyof typeof ERROR_CODES;

/** Is this text one of our codes? Own properties only, for the text may come from outside. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERROR_CODES, value);
}
