import { element, xmlDocument } from "./xml-document";

/** Status, OSS's English text and its EC (the "error cause" number its error centre is indexed by). */
const ERRORS = {
  AccessDenied: [403, "You have no right to access this object because of bucket acl.", "0003-00000001"],
  AccessForbidden: [403, "CORSResponse: CORS is not enabled for this bucket.", "0018-00000401"],
  BadRequest: [400, "Bad Request", "0002-00000001"],
  BucketNotEmpty: [409, "The bucket you tried to delete is not empty.", "0015-00000301"],
  EntityTooLarge: [400, "Your proposed upload exceeds the maximum allowed size.", "0017-00000801"],
  EntityTooSmall: [400, "Your proposed upload smaller than the minimum allowed size.", "0042-00000301"],
  FileAlreadyExists: [
    409,
    "The object you specified already exists and can not be overwritten.",
    "0026-00000058",
  ],
  IncompleteBody: [400, "The request body is incomplete.", "0017-00000502"],
  InternalError: [500, "Please contact the server administrator, oss@service.aliyun.com.", "0001-00000001"],
  InvalidAccessKeyId: [
    403,
    "The OSS Access Key Id you provided does not exist in our records.",
    "0002-00000902",
  ],
  InvalidArgument: [400, "Invalid Argument.", "0017-00000101"],
  InvalidBucketName: [400, "The specified bucket is not valid.", "0015-00000001"],
  InvalidDigest: [400, "The Content-MD5 you specified was invalid.", "0017-00000503"],
  InvalidObjectName: [400, "The specified object is not valid.", "0026-00000006"],
  InvalidPart: [
    400,
    "One or more of the specified parts could not be found or the specified entity tag might not have matched the part's entity tag.",
    "0042-00000202",
  ],
  InvalidPartOrder: [400, "The list of parts was not in ascending order.", "0042-00000203"],
  InvalidRange: [416, "The requested range cannot be satisfied", "0026-00000204"],
  MalformedXML: [
    400,
    "The XML you provided was not well-formed or did not validate against our published schema.",
    "0017-00000301",
  ],
  MethodNotAllowed: [405, "The specified method is not allowed against this resource.", "0017-00000001"],
  MissingContentLength: [411, "You must provide the Content-Length HTTP header.", "0017-00000501"],
  NoSuchBucket: [404, "The specified bucket does not exist.", "0015-00000101"],
  NoSuchCORSConfiguration: [404, "The CORS Configuration does not exist.", "0018-00000101"],
  NoSuchLifecycle: [404, "No Row found in Lifecycle Table.", "0023-00000101"],
  NoSuchKey: [404, "The specified key does not exist.", "0026-00000001"],
  NoSuchServerSideEncryptionRule: [
    404,
    "The server side encryption configuration is not found.",
    "0021-00000101",
  ],
  NoSuchUpload: [
    404,
    "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
    "0042-00000002",
  ],
  NotImplemented: [
    501,
    "A header you provided implies functionality that is not implemented.",
    "0017-00000701",
  ],
  NotModified: [304, "Not Modified", ""],
  PreconditionFailed: [412, "At least one of the pre-conditions you specified did not hold", "0026-00000202"],
  PublicEndpointForbidden: [
    400,
    "You are forbidden to access data by the public endpoint. Use a custom domain name instead.",
    "0048-00000401",
  ],
  RequestTimeTooSkewed: [
    403,
    "The difference between the request time and the current time is too large.",
    "0002-00000504",
  ],
  ServiceUnavailable: [503, "Please reduce your request rate.", "0001-00000503"],
  SignatureDoesNotMatch: [
    403,
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    "0002-00000040",
  ],
} as const satisfies Record<string, readonly [number, string, string]>;

export type OssErrorCode = keyof typeof ERRORS;

/** An answer of OSS that is not a success; `details` become further elements of the error document. */
export class OssError extends Error {
  readonly code: OssErrorCode;
  readonly status: number;
  readonly ec: string;
  readonly details: Record<string, string>;

  constructor(code: OssErrorCode, options: { message?: string; details?: Record<string, string> } = {}) {
    const [status, text, ec] = ERRORS[code];
    super(options.message ?? text);
    this.name = "OssError";
    this.code = code;
    this.status = status;
    this.ec = ec;
    this.details = options.details ?? {};
  }

  /** The error document, see "Error responses" in the OSS API reference. */
  xml(requestId: string, hostId: string): string {
    return xmlDocument(
      element("Error", [
        element("Code", this.code),
        element("Message", this.message),
        element("RequestId", requestId),
        element("HostId", hostId),
        ...Object.entries(this.details).map(([name, value]) => element(name, value)),
        element("EC", this.ec),
      ]),
    );
  }
}
