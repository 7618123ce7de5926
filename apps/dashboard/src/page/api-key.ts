const slot = "holdfast.api-key";

/** The API key that the user entered. It is kept in this tab only, until the tab is closed. */
export const apiKey = {
  read(): string | undefined {
    return sessionStorage.getItem(slot) ?? undefined;
  },
  keep(key: string): void {
    sessionStorage.setItem(slot, key);
  },
  forget(): void {
    sessionStorage.removeItem(slot);
  },
};
