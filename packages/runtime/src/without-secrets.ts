const hidden = "***";

/** A password, with or without a user: `mongodb://user:password@host`, `redis://:password@host`. A password may hold `@` and `/`. */
const urlPassword = /\b([a-z][a-z0-9+.-]*:\/\/)([^\s:/@"']*):([^\s"'`]+)@/gi;

/** A secret in a parameter of a URL or a form. */
const parameter = /\b(password|passwd|pwd|secret|token|api[_-]?key|key|access_token)=([^&\s"',;]+)/gi;

/** The value of an `Authorization` field. */
const credentials = /\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{6,}/gi;

/** An API key, or an order's or a stream's token, made by Holdfast. */
const made = /\b(hf[os]?_)[A-Za-z0-9_.-]{8,}/g;

/** The text with passwords in URLs, credentials and API keys replaced by `***`, so that it may be logged. */
export function withoutSecrets(text: string): string {
  return text
    .replace(urlPassword, `$1$2:${hidden}@`)
    .replace(parameter, `$1=${hidden}`)
    .replace(credentials, `$1 ${hidden}`)
    .replace(made, `$1${hidden}`);
}
