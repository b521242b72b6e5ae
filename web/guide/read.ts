// From a page's Markdown to what the browser shows: read while the application is built, so that the browser gets no parser.
// The Markdown has plain spaces; the hard ones that French wants are set here, everywhere alike.
import MarkdownIt from 'markdown-it';
import { typeset } from '../../src/words/typeset.ts';
import type { GuideElement, GuideNode, GuideText } from './text.ts';

type Token = ReturnType<InstanceType<typeof MarkdownIt>['parse']>[number];

const reader = new MarkdownIt();

/** Throws where the page does not begin with its title and one paragraph that says what it is for. */
export function readGuideText(markdown: string, language: 'fr' | 'en'): GuideText {
  const body = treeOf(reader.parse(markdown, {}), language);
  const [title, purpose] = body;
  if (!isElement(title, 'h1') || !isElement(purpose, 'p'))
    throw new Error(`A page of the guide begins with its title and what it is for: ${markdown.slice(0, 80)}`);
  return { title: wordsIn([title]), purpose: wordsIn([purpose]), body: body.slice(1) };
}

const isElement = (node: GuideNode | undefined, tag: string): node is GuideElement =>
  typeof node === 'object' && node.tag === tag;

/** The text of a tree, without its elements. */
export function wordsIn(nodes: readonly GuideNode[]): string {
  return nodes.map((node) => (typeof node === 'string' ? node : wordsIn(node.children))).join('');
}

/** Every element of a tree, those within others too. */
export function elementsOf(nodes: readonly GuideNode[]): GuideElement[] {
  return nodes.flatMap((node) => (typeof node === 'string' ? [] : [node, ...elementsOf(node.children)]));
}

/** Opening and closing tokens in a row become elements within each other. */
function treeOf(tokens: readonly Token[], language: 'fr' | 'en'): GuideNode[] {
  const top: GuideElement = { tag: '', children: [] };
  const open = [top];
  for (const token of tokens) {
    const into = open.at(-1)!.children;
    if (token.nesting === -1) open.pop();
    else if (token.nesting === 0) into.push(...leaf(token, language));
    else {
      const element = opened(token);
      // What a short item of a list says stands in it directly.
      if (token.hidden) open.push({ tag: '', children: into });
      else {
        into.push(element);
        open.push(element);
      }
    }
  }
  return top.children;
}

function opened(token: Token): GuideElement {
  const element: GuideElement = { tag: token.tag, children: [] };
  if (token.tag === 'a') element.page = String(token.attrGet('href')).replace(/\.md$/, '');
  return element;
}

function leaf(token: Token, language: 'fr' | 'en'): GuideNode[] {
  switch (token.type) {
    case 'inline':
      return treeOf(token.children ?? [], language);
    case 'text':
      return token.content === '' ? [] : [typeset(token.content, language)];
    case 'softbreak':
      return [' '];
    case 'code_inline':
      // One letter or sign is a key of the keyboard.
      return [{ tag: token.content.length === 1 ? 'kbd' : 'code', children: [token.content] }];
    case 'image':
      return [
        { tag: 'img', children: [], picture: { src: String(token.attrGet('src')), alt: altOf(token, language) } },
      ];
    default:
      throw new Error(`The guide does not show ${token.type}: ${token.content}`);
  }
}

const altOf = (token: Token, language: 'fr' | 'en'): string => typeset(token.content, language);
