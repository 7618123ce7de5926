/** The promise's value, or `undefined` where it fails or takes longer than `msMax`. Never rejects. */
export async function answerWithin<Value>(promise: Promise<Value>, msMax: number): Promise<Value | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, msMax, undefined);
  });
  try {
    return await Promise.race([promise, late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
