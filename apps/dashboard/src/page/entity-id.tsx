const tailLength = 6;

/** A full id that can be copied. If there is no room for all of it, the middle is hidden: ids of about the same time differ at the end. */
export function EntityId({ id }: { readonly id: string }) {
  return (
    <code class="id" title={id}>
      <span>{id.slice(0, -tailLength)}</span>
      <span>{id.slice(-tailLength)}</span>
    </code>
  );
}
