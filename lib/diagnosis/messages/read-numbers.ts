/** Said before SQL Server's number: by its tools, drivers and logs, in English and Chinese. */
const LABEL =
  /(?<!operating system |\bos |操作系统)(?<![a-z])(?:msg|message|native ?error|error ?number|error ?code|error|err|number|mssqlserver|sqlserver|event id|消息|错误号|错误代码|错误|事件 ?id)(?:'? ?[:#=_-] ?| ?)'?(?<number>\d{3,5})(?![\d.:]*\d)(?! ?\([a-z\d]{5}\))/dgi;

export interface FoundNumber {
  number: number;
  index: number;
}

/**
 * SQL Server's error numbers that a text names as such (`Msg 3201, Level 16`, `Error: 3201`, `消息 3201`); a text that
 * is a number alone is one, too. Numbers of the operating system, and MySQL's (`ERROR 1105 (HY000)`), are none.
 */
export function readNumbers(text: string): FoundNumber[] {
  const alone = /^#?(\d{3,5})$/.exec(text);
  if (alone) return [{ number: Number(alone[1]), index: 0 }];
  return [...text.matchAll(LABEL)].map((match) => ({
    number: Number(match.groups?.number),
    index: match.index,
  }));
}
