// What a page of the guide is once it is read: a title, what the page is for, and a tree of elements for the browser.

export interface GuideText {
  title: string;
  /** The first sentence: what the page is for. */
  purpose: string;
  body: GuideNode[];
}

export type GuideNode = string | GuideElement;

export interface GuideElement {
  tag: string;
  children: GuideNode[];
  /** Of a link: another page of the guide. */
  page?: string;
  picture?: GuidePicture;
}

export interface GuidePicture {
  /** In the Markdown a path; in the browser the asset's address. */
  src: string;
  alt: string;
  width?: number;
  height?: number;
}
