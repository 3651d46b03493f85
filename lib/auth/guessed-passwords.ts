/** What people take first where twelve characters are asked for, without the digits and marks they put behind. */
const WORDS = `
  administrator administration adminadmin adminpassword alibabacloud aliyunaliyun apsaradb baseball basketball
  batman butterfly changeit changeme changethis chainferry chocolate computer correcthorsebatterystaple database
  databaseadmin dbadmin defaultpassword dragon dragonball election football forgetmenot forever goodpassword
  hello helloworld helloword iloveyou iloveyouforever iloveyousomuch iloveyoutoo internet jesuschrist justinbieber
  letmein letmeinnow letmeinplease liverpool liverpoolfc login loveyou loveyouforever manchester manchesterunited
  master masterpassword michaeljordan microsoft microsoftsql migration migrationadmin monkey monkeymonkey motherfucker
  mypassword mynewpassword mysecretpassword newpassword nothing nothingelse onelove oracle pass passpass passphrase
  password passwordpassword passw passwort passwortpasswort pokemon princess production productiondb qazwsxedc
  qazwsxedcrfv qwerty qwertyqwerty qwertyuiop qwertyuiopasdfghjkl qwertyuiopasdfghjklzxcvbnm remember rememberme
  rockyou root rootroot rootpassword samsung secret secretpassword secretsecret server serveradmin shadow
  slipknot spiderman sqlserver sqlserveradmin sqladmin starwars starwarsstarwars summer sunshine superadmin superman
  supersecret supersecretpassword supervisor superuser sysadmin systemadmin temporary temppassword test testtest
  testpassword testing testingtesting thisisapassword thisismypassword trustnoone unknown user username userpassword
  verysecret welcome welcomehome welcometo whatever whateverwhatever winter woaini woainiwoaini wodemima
  yourpassword youraccount zhongguo zaqwsxcde
`;

const NUMBERS = `
  123456789012 1234567890123 12345678901234 123456789abc 123456789qwe 1234567890qwe 1q2w3e4r5t6y 1q2w3e4r5t6y7u
  1qaz2wsx3edc 1qaz2wsx3edc4rfv q1w2e3r4t5y6 qazwsx123456 qwer1234asdf qwerty123456 123456qwerty 123qweasdzxc
  qweasdzxc123 a1b2c3d4e5f6 abc123abc123 abcd1234abcd 0987654321qwe asdf1234qwer 147258369000 123456654321
  zaq12wsxcde3 1234qwerasdf woaini123456 woaini1314520 5201314520134 110110110110 31415926535 314159265358
`;

export const GUESSED_PASSWORDS: ReadonlySet<string> = new Set(
  `${WORDS} ${NUMBERS}`.split(/\s+/).filter(Boolean),
);
