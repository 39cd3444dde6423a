import { memo, useState, type ReactNode } from 'react';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { ExternalLinkDialog } from './external-link.tsx';
import { isOpenable } from './openable.ts';

/** A link of the model: its words and its full address, opened only after a question. */
function SafeLink({ href, children }: { href?: string | undefined; children?: ReactNode }) {
  const [asking, setAsking] = useState(false);
  if (!href || !isOpenable(href)) return <span>{children}</span>;
  return (
    <>
      <button
        type="button"
        onClick={() => setAsking(true)}
        className="text-left text-accent underline underline-offset-2"
      >
        {children}
      </button>
      {String(children) === href ? null : <span className="text-xs break-all text-muted"> ({href})</span>}
      {asking ? <ExternalLinkDialog url={href} onClose={() => setAsking(false)} /> : null}
    </>
  );
}

const components: Components = {
  a: ({ href, children }) => <SafeLink href={href}>{children}</SafeLink>,
  // An image of the model is never fetched: its address could carry data away.
  img: ({ alt, src }) => <span className="text-muted">[image: {alt || String(src ?? '')}]</span>,
  input: ({ checked }) => <span aria-hidden>{checked ? '☑ ' : '☐ '}</span>,
};

const plugins = [remarkGfm];
/** Addresses are shown as they are; what may be opened is decided at the link. */
const keepUrl = (url: string) => url;

/** Text of the model as Markdown: no HTML, no images, links with their address. */
export const SafeMarkdown = memo(function SafeMarkdown({ text }: { text: string }) {
  return (
    <div className="prose-chat">
      <Markdown remarkPlugins={plugins} components={components} urlTransform={keepUrl} skipHtml={false}>
        {text}
      </Markdown>
    </div>
  );
});
