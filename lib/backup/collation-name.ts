/** Language part of a Windows collation's name, by LCID (its upper four bits tell sort variants apart). */
const LANGUAGES = new Map([
  [0x0401, "Arabic"],
  [0x0404, "Chinese_Taiwan_Stroke"],
  [0x0405, "Czech"],
  [0x0406, "Danish_Norwegian"],
  [0x0408, "Greek"],
  [0x0409, "Latin1_General"],
  [0x040a, "Traditional_Spanish"],
  [0x040b, "Finnish_Swedish"],
  [0x040c, "French"],
  [0x040d, "Hebrew"],
  [0x040e, "Hungarian"],
  [0x0411, "Japanese"],
  [0x0412, "Korean_Wansung"],
  [0x0415, "Polish"],
  [0x0418, "Romanian"],
  [0x0419, "Cyrillic_General"],
  [0x041a, "Croatian"],
  [0x041e, "Thai"],
  [0x041f, "Turkish"],
  [0x0422, "Ukrainian"],
  [0x042a, "Vietnamese"],
  [0x0804, "Chinese_PRC"],
  [0x0c0a, "Modern_Spanish"],
  [0x10407, "German_PhoneBook"],
  [0x20804, "Chinese_PRC_Stroke"],
  [0x30404, "Chinese_Taiwan_Bopomofo"],
]);

/** SQL collations that databases are met with, by sort id. */
const SQL_COLLATIONS = new Map([
  [30, "SQL_Latin1_General_CP437_BIN"],
  [31, "SQL_Latin1_General_CP437_CS_AS"],
  [32, "SQL_Latin1_General_CP437_CI_AS"],
  [40, "SQL_Latin1_General_CP850_BIN"],
  [41, "SQL_Latin1_General_CP850_CS_AS"],
  [42, "SQL_Latin1_General_CP850_CI_AS"],
  [51, "SQL_Latin1_General_CP1_CS_AS"],
  [52, "SQL_Latin1_General_CP1_CI_AS"],
  [53, "SQL_Latin1_General_Pref_CP1_CI_AS"],
  [54, "SQL_Latin1_General_CP1_CI_AI"],
  [105, "SQL_Latin1_General_CP1251_CS_AS"],
  [106, "SQL_Latin1_General_CP1251_CI_AS"],
]);

const IGNORE = { case: 1 << 20, accent: 1 << 21, width: 1 << 22, kana: 1 << 23 } as const;
const BINARY = 1 << 24;
const BINARY2 = 1 << 25;
const UTF8 = 1 << 26;
const VERSIONS = ["", "_90", "_100", "_140"];

/**
 * The name of a collation from its number and sort id, laid out as in the collation rule of MS-TDS 2.2.5.1.2. Null for
 * one whose name is not known: better none than a wrong one.
 */
export function collationName(id: number, sortId: number): string | null {
  if (sortId !== 0) return SQL_COLLATIONS.get(sortId) ?? null;
  const language = LANGUAGES.get(id & 0xf_ffff);
  const version = VERSIONS[id >>> 28];
  if (language === undefined || version === undefined) return null;
  return `${language}${version}${sensitivity(id)}${id & UTF8 ? "_UTF8" : ""}`;
}

function sensitivity(id: number): string {
  if (id & BINARY2) return "_BIN2";
  if (id & BINARY) return "_BIN";
  const letters = [id & IGNORE.case ? "_CI" : "_CS", id & IGNORE.accent ? "_AI" : "_AS"];
  if (!(id & IGNORE.kana)) letters.push("_KS");
  if (!(id & IGNORE.width)) letters.push("_WS");
  return letters.join("");
}

/**
 * The number and sort id of a collation by its name: the reverse of `collationName`. An unknown name gives zeros. Version
 * and sensitivity are tried rather than parsed: there are few.
 */
export function collationNumber(name: string): { id: number; sortId: number } {
  const sql = [...SQL_COLLATIONS].find(([, known]) => known === name);
  if (sql) return { id: 0x00d0_0409, sortId: sql[0] };
  for (const [lcid, language] of LANGUAGES) {
    if (!name.startsWith(language)) continue;
    for (let high = 0; high < VERSIONS.length * 256; high += 1) {
      const id = ((high << 20) | lcid) >>> 0;
      if (collationName(id, 0) === name) return { id, sortId: 0 };
    }
  }
  return { id: 0, sortId: 0 };
}
