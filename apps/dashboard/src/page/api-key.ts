const slot = "holdfast.api-key";

/** The API key that the user gave: it lives as long as the tab, and nowhere else. */
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
