import { XMLParser, XMLValidator } from "fast-xml-parser";
import { OssError } from "./oss-error";

const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, trimValues: false });

export interface XmlNode {
  /** Text of the first child of this name, null when there is none. */
  text(name: string): string | null;
  /** Texts of all children of this name. */
  texts(name: string): string[];
  nodes(name: string): XmlNode[];
}

function childrenOf(value: unknown, name: string): unknown[] {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return [];
  const child: unknown = Reflect.get(value, name);
  return Array.isArray(child) ? child : [child];
}

function nodeOf(value: unknown): XmlNode {
  const texts = (name: string) =>
    childrenOf(value, name).flatMap((child) => (typeof child === "string" ? [child] : []));
  return {
    text: (name) => texts(name)[0] ?? null,
    texts,
    nodes: (name) => childrenOf(value, name).map(nodeOf),
  };
}

/** Parses a request body whose root element must be `root`. Throws OssError MalformedXML. */
export function parseXmlBody(body: Uint8Array, root: string): XmlNode {
  const text = new TextDecoder().decode(body);
  if (XMLValidator.validate(text) !== true) throw new OssError("MalformedXML");
  const [node] = nodeOf(parser.parse(text)).nodes(root);
  if (node === undefined) throw new OssError("MalformedXML");
  return node;
}
