/** Buckets that are made here. */
export const bucket = {
  "choose.label": "OSS bucket",
  "choose.placeholder": "Choose a bucket",
  "choose.none":
    "This account shows no bucket in the region. Create one in the OSS console: class Standard, no encryption, same region as the instance.",
  "create.title": "Create a bucket",
  "create.text":
    "Standard storage class, private, without server-side encryption: what RDS can read. It lies in your cloud account and is charged there.",
  "create.confirm": "Create",
  "create.name": "Name",
  "create.name.hint":
    "3 to 63 lower-case letters, digits and hyphens; no other bucket in the world may have it.",
  "create.region": "Region",
  "create.region.hint": "The region of the RDS instance: RDS reads no bucket of another one.",
  "create.region.none": "The account shows no RDS instance, so there is no region to choose.",
  "create.region.failed": "The instances could not be listed",
  "create.failed": "The bucket was not created",
  "create.done": "Bucket {name} created.",
  "create.open": "Create a bucket…",
  "name.length": "A name has 3 to 63 characters.",
  "name.characters": "Only lower-case letters, digits and hyphens.",
  "name.ends": "A name begins and ends with a letter or a digit.",
} as const;
