/** What a first-time user needs: where to click, and three calls to try. */
export function welcome(url: string, file: string, open: boolean): string {
  const auth = open ? "" : ` -H 'authorization: Bearer YOUR_KEY'`;
  return `
Holdfast is serving on ${url}

  dashboard   ${url}/
  API docs    ${url}/docs
  data        ${file}
${open ? "\nThere is no API key yet: it answers this machine only, and lets everyone in.\n" : ""}
Try it:

  curl -s ${url}/v1/products${auth}

  curl -s ${url}/v1/orders${auth} -H 'content-type: application/json' \\
    -H 'idempotency-key: my-first-order' -d '{"lines":[{"sku":"tea-green","quantity":2}]}'

  curl -s -X POST ${url}/v1/orders/ORDER_ID/confirm${auth}

Ctrl-C stops it; nothing acknowledged is lost.
`;
}
