import { useEffect, useState } from "preact/hooks";
import { type Address, readAddress } from "./address.ts";

/** Where the page is. Renders the component again when the user goes elsewhere, and begins with what is shown there. */
export function useAddress(): Address {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = () => {
      setHash(location.hash);
      scrollTo(0, 0);
      document.querySelector("main")?.focus(); // the link that was followed may be gone
    };
    setHash(location.hash); // it may have changed between rendering and listening
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  return readAddress(hash);
}
