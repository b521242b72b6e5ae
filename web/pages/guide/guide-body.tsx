// A page of the guide as elements: links stay within the application, pictures keep their place.
import { Link } from '@tanstack/react-router';
import { createElement, type ReactNode } from 'react';
import type { GuideElement, GuideNode } from '../../guide/text.ts';

export function GuideBody({ nodes }: { nodes: readonly GuideNode[] }) {
  return <div className="guide">{shownAll(nodes)}</div>;
}

/** The text is as it was built: a place in it is as good as a name. */
const shownAll = (nodes: readonly GuideNode[]): ReactNode[] => nodes.map((node, place) => shown(node, place));

function shown(node: GuideNode, place: number): ReactNode {
  if (typeof node === 'string') return node;
  const { tag, page, picture, children } = node;
  if (page !== undefined)
    return (
      <Link key={place} to="/guide/$page" params={{ page }}>
        {shownAll(children)}
      </Link>
    );
  if (picture !== undefined) return <Picture key={place} picture={picture} />;
  return createElement(tag, { key: place }, ...shownAll(children));
}

/** On a phone it is small: by itself it can be enlarged. */
function Picture({ picture: { src, alt, width, height } }: { picture: NonNullable<GuideElement['picture']> }) {
  return (
    <a href={src} target="_blank" rel="noreferrer" className="guide-picture">
      <img src={src} alt={alt} width={width} height={height} loading="lazy" decoding="async" />
    </a>
  );
}
