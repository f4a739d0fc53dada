import { useTitle } from './useTitle';

/** A page that has nothing but something to say. */
export function Message({ title, children }: { title: string; children: string }) {
  useTitle(title);
  return (
    <>
      <h1>{title}</h1>
      <p className="card">{children}</p>
    </>
  );
}
