const tailLength = 6;

/** An id in full, to be copied. Where room is short its middle goes: ids made together differ at the end. */
export function EntityId({ id }: { readonly id: string }) {
  return (
    <code class="id" title={id}>
      <span>{id.slice(0, -tailLength)}</span>
      <span>{id.slice(-tailLength)}</span>
    </code>
  );
}
