/** Says that the picture is older than the text, because the text has an error. */
export function Strip({ problem }: { readonly problem: string }) {
  return (
    <p class="strip" role="status">
      <strong>Last good picture.</strong> {problem}
    </p>
  );
}
